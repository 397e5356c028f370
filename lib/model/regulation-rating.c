/* regulation-rating - are clients asked how we did, and how? */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "model/regulation-parts.h"

#define SCALE 5
#define SCALE_MAX 9 /* one digit */

enum tk_status
tk_regulation_add_rating(struct tk_regulation *r, const char *path,
    const struct tk_yaml *y, struct tk_err *err)
{
	const struct tk_yaml *rating = tk_yaml_get(y, "rating");

	r->rating_scale = SCALE;
	if (rating == NULL)
		return TK_OK;
	if (rating->kind != TK_YAML_MAP)
		return tk_fail(err, TK_EINPUT, _("%s:%u: \"%s\" is a map"),
		    path, tk_yaml_line(y, "rating"), "rating");
	r->rating_ask = tk_yaml_bool(rating, "ask", false);
	r->rating_template = tk_strdup(tk_yaml_str(rating, "template"));
	tk_yaml_strv(rating, "states", &r->rating_states);
	r->rating_scale = (int)tk_yaml_int(rating, "scale", SCALE);
	if (r->rating_scale < 2 || r->rating_scale > SCALE_MAX)
		return tk_fail(err, TK_EINPUT,
		    _("%s:%u: \"scale\" is a number from 2 to %d"), path,
		    tk_yaml_line(rating, "scale"), SCALE_MAX);
	return TK_OK;
}
