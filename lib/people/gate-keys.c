/* gate-keys - the keys of the staff as lines of authorized_keys. */
#include "desk/gate.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "model/id.h"

#define BLOB_MIN 48  /* characters; the shortest, ed25519, has 68 */
#define KEY_MAX 8192 /* bytes; the longest, RSA of 16384 bits, has 2800 */

static const char *const types[] = { "ssh-ed25519", "ssh-rsa",
	"ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
	"sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com" };

/* The BASE64 of "TYPE BASE64 [comment]" and its length; NULL: no such type. */
static const char *
blob_of(const char *key, size_t *len)
{
	const char *p;
	size_t i, n;

	*len = 0;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		n = strlen(types[i]);
		if (strncmp(key, types[i], n) != 0 || key[n] != ' ')
			continue;
		p = key + n + 1;
		while (isalnum((unsigned char)p[*len]) || p[*len] == '+' ||
		    p[*len] == '/')
			++*len;
		while (p[*len] == '=')
			++*len;
		return p;
	}
	return NULL;
}

/* It goes into a file that sshd believes: a line too many is a door. */
bool
tk_gate_is_key(const char *text)
{
	const char *blob, *p;
	size_t len;

	if (strlen(text) > KEY_MAX)
		return false;
	for (p = text; *p != '\0'; p++)
		if (iscntrl((unsigned char)*p) || *p == '"' || *p == '\\')
			return false;
	blob = blob_of(text, &len);
	/* A blob begins with the length of the type's name, below 64 KiB. */
	return blob != NULL && len >= BLOB_MIN && tk_starts(blob, "AAAA") &&
	    (blob[len] == '\0' || blob[len] == ' ');
}

bool
tk_gate_same_key(const char *a, const char *b)
{
	size_t n, m;

	a = blob_of(a, &n);
	b = blob_of(b, &m);
	return a != NULL && b != NULL && n == m && strncmp(a, b, n) == 0;
}

/* A word for the shell that sshd runs the line with, within the quotation
 * marks of authorized_keys, where \" is one. */
static void
add_word(struct tk_str *out, const char *word)
{
	const char *p;
	bool plain = true;

	for (p = word; *p != '\0'; p++)
		plain = plain &&
		    (isalnum((unsigned char)*p) || strchr("/._-+", *p) != NULL);
	if (plain) {
		tk_str_add(out, word);
		return;
	}
	tk_str_add_char(out, '\'');
	for (p = word; *p != '\0'; p++) {
		if (*p == '\'')
			tk_str_add(out, "'\\'");
		else if (*p == '"')
			tk_str_add_char(out, '\\');
		tk_str_add_char(out, *p);
	}
	tk_str_add_char(out, '\'');
}

/* Is it the key of one who was before, in the list or with this person? */
static const struct tk_person *
owner_of(const struct tk_staff *staff, size_t before, const char *key)
{
	struct tk_strv keys = TK_STRV_INIT;
	const struct tk_person *owner = NULL;
	size_t i, k;

	for (i = 0; i < before && owner == NULL; i++) {
		tk_yaml_strv(staff->v[i].file, "keys", &keys);
		for (k = 0; k < keys.n && staff->v[i].active; k++)
			if (tk_gate_same_key(keys.v[k], key))
				owner = &staff->v[i];
		tk_strv_clear(&keys);
	}
	return owner;
}

static enum tk_status
add_person(struct tk_str *out, const struct tk_desk *desk, size_t i,
    const char *command, struct tk_err *err)
{
	const struct tk_person *p = &desk->staff.v[i], *other;
	unsigned line = tk_yaml_line(p->file, "keys");
	struct tk_strv keys = TK_STRV_INIT;
	enum tk_status st = TK_OK;
	size_t k;

	tk_yaml_strv(p->file, "keys", &keys);
	for (k = 0; st == TK_OK && p->active && k < keys.n; k++) {
		other = owner_of(&desk->staff, i, keys.v[k]);
		if (!tk_name_valid(p->id))
			st = tk_fail(err, TK_EINPUT,
			    _("staff/%s.yaml: \"%s\" cannot be an id"), p->id,
			    p->id);
		else if (!tk_gate_is_key(keys.v[k]))
			st = tk_fail(err, TK_EINPUT,
			    _("staff/%s.yaml:%u: not an ssh key: %s"), p->id,
			    line, keys.v[k]);
		else if (other != NULL)
			st = tk_fail(err, TK_EINPUT,
			    _("staff/%s.yaml:%u: this is the key of %s: %s"),
			    p->id, line, other->id, keys.v[k]);
		else
			tk_str_addf(out, "command=\"%s %s\",restrict %s\n",
			    command, p->id, keys.v[k]);
	}
	tk_strv_clear(&keys);
	return st;
}

enum tk_status
tk_gate_keys(struct tk_str *out, struct tk_desk *desk, const char *program,
    struct tk_err *err)
{
	char *dir = tk_strf("%s", tk_store_gitdir(desk->store));
	struct tk_str command = TK_STR_INIT;
	size_t i, len = out->len, n = strlen(dir);
	enum tk_status st;

	if (n > 1 && dir[n - 1] == '/')
		dir[n - 1] = '\0';
	add_word(&command, program);
	tk_str_add(&command, " -C ");
	add_word(&command, dir);
	if ((st = tk_desk_load(desk, err)) == TK_OK &&
	    strpbrk(command.data, "\r\n") != NULL)
		st = tk_fail(err, TK_EREFUSED,
		    _("%s: sshd cannot take a path of two lines"), dir);
	for (i = 0; st == TK_OK && i < desk->staff.n; i++)
		st = add_person(out, desk, i, command.data, err);
	if (st != TK_OK)
		tk_str_cut(out, len);
	tk_str_clear(&command);
	free(dir);
	return st;
}
