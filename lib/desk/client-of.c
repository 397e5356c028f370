/* client-of - whose an address is. */
#include "desk/desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/index-client.h"

#define KNOWN_MAX 500 /* addresses; then it is better to read all clients */

/* By address, those that may have it: most often one, or none. */
struct tk_known_client {
	char *mail;
	struct tk_clients few;
	struct tk_known_client *next;
};

void
tk_desk_forget_known(struct tk_desk *desk)
{
	struct tk_known_client *k;

	desk->n_known = 0;
	while ((k = desk->known) != NULL) {
		desk->known = k->next;
		tk_clients_clear(&k->few);
		free(k->mail);
		free(k);
	}
}

static enum tk_status
read_few(struct tk_clients *few, struct tk_desk *desk,
    const struct tk_strv *files, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	enum tk_status st = TK_OK;
	char *path, *id;
	size_t i;

	for (i = 0; st == TK_OK && i < files->n; i++) {
		const char *slash = strrchr(files->v[i], '/');

		path = tk_strf("clients/%s", files->v[i]);
		id = tk_strdup(slash != NULL ? slash + 1 : files->v[i]);
		id[strlen(id) - strlen(".yaml")] = '\0';
		tk_str_reset(&text);
		if ((st = tk_store_read(desk->store, &text, path, err)) ==
		    TK_OK)
			st = tk_clients_add(
			    few, id, text.data, text.len, path, err);
		free(path);
		free(id);
	}
	tk_str_clear(&text);
	return st;
}

enum tk_status
tk_desk_client_of(const struct tk_client **out, struct tk_desk *desk,
    const char *mail, struct tk_err *err)
{
	struct tk_strv files = TK_STRV_INIT;
	struct tk_err why = TK_ERR_INIT;
	struct tk_known_client *k = NULL;
	enum tk_status st;

	*out = NULL;
	if ((st = tk_desk_load(desk, err)) != TK_OK)
		return st;
	if (!desk->has_clients)
		for (k = desk->known; k != NULL; k = k->next)
			if (strcmp(k->mail, mail) == 0)
				break;
	if (!desk->has_clients && k == NULL && desk->n_known < KNOWN_MAX &&
	    tk_store_client_files(desk->store, &files, mail, &why) == TK_OK) {
		k = tk_calloc(1, sizeof(*k));
		k->mail = tk_strdup(mail);
		k->next = desk->known;
		desk->known = k;
		desk->n_known++;
		st = read_few(&k->few, desk, &files, err);
	} else if (k == NULL) {
		/* The index is a help only. */
		st = tk_desk_load_clients(desk, err);
	}
	tk_strv_clear(&files);
	if (st == TK_OK)
		*out = tk_clients_by_mail(
		    k != NULL ? &k->few : &desk->clients, mail);
	return st;
}

enum tk_status
tk_desk_clients_by_phone(struct tk_clients *few, struct tk_desk *desk,
    const char *text, struct tk_err *err)
{
	struct tk_strv files = TK_STRV_INIT;
	struct tk_str digits = TK_STR_INIT;
	struct tk_err why = TK_ERR_INIT;
	enum tk_status st = TK_ENOENT;
	char *key;

	memset(few, 0, sizeof(*few));
	for (; *text != '\0'; text++)
		if (*text >= '0' && *text <= '9')
			tk_str_add_char(&digits, *text);
	if (!desk->has_clients && digits.len >= TK_CLIENT_DIGITS) {
		key = tk_strf(TK_CLIENT_TEL "%s",
		    digits.data + digits.len - TK_CLIENT_DIGITS);
		if (tk_store_client_files(desk->store, &files, key, &why) ==
		    TK_OK)
			st = read_few(few, desk, &files, err);
		free(key);
	}
	tk_str_clear(&digits);
	tk_strv_clear(&files);
	return st;
}
