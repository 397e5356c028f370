/*
 * breaker.h - who reads the log hears of a limit once, not a thousand times.
 */
#ifndef TK_BREAKER_H
#define TK_BREAKER_H

#include "desk/desk.h"
#include "model/id.h"

/* Is this the first letter of the queue that its limit holds back, within the
 * limit's span? Remembered in $GIT_DIR/tk/. */
bool tk_breaker_is_first(struct tk_desk *desk, const char *queue);

#endif
