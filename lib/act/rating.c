/* rating - the address that a rating comes to. */
#include "act/rating.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"

size_t
tk_rating_closing(const struct tk_regulation *r, const struct tk_ticket *t)
{
	const char *state = tk_ticket_get(t, "state"), *set;
	const struct tk_process *p =
	    tk_process_find(r, tk_ticket_get(t, "type"));
	const struct tk_state *s = p != NULL ? tk_state_find(p, state) : NULL;
	size_t i;

	if (s == NULL || !s->final)
		return 0;
	for (i = tk_ticket_log_n(t); i > 0; i--) {
		set = tk_yaml_str(
		    tk_yaml_get(tk_ticket_entry(t, i - 1), "set"), "state");
		if (set != NULL)
			return i;
	}
	return 0;
}

void
tk_rating_address(struct tk_str *out, const struct tk_desk *desk,
    const char *id, size_t closing, int digit)
{
	const char *at = strrchr(desk->address, '@');
	char *all = tk_strf("rate:%s:%s:%zu", desk->token, id, closing);
	char sum[65];

	tk_sha256(sum, all, strlen(all));
	tk_str_addf(out, "%.*s+%s.r%d-%zu-%.12s%s",
	    (int)(at != NULL ? at - desk->address : 0), desk->address, id,
	    digit, closing, sum, at != NULL ? at : "");
	free(all);
}

void
tk_rating_links(
    struct tk_str *out, const struct tk_desk *desk, const struct tk_ticket *t)
{
	size_t closing = tk_rating_closing(desk->reg, t);
	int digit;

	if (!desk->plus || !desk->reg->rating_ask || closing == 0)
		return;
	for (digit = desk->reg->rating_scale; digit > 0; digit--) {
		tk_str_addf(
		    out, "%s%d: mailto:", out->len > 0 ? "\n" : "", digit);
		tk_rating_address(out, desk, tk_ticket_id(t), closing, digit);
	}
}
