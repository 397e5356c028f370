/* object - git's objects as bytes. */
#include "store/object.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sha1.h"

void
tk_object_id(git_oid *id, git_object_t type, const void *data, size_t len)
{
	char head[32]; /* "commit 12345" and a NUL */
	int n = snprintf(head, sizeof(head), "%s %zu",
	    git_object_type2string(type), len);

	tk_sha1(id->id, head, (size_t)n + 1, data, len);
}

static void
add_person(struct tk_str *out, const char *role, const git_signature *who)
{
	int offset = abs(who->when.offset);

	tk_str_addf(out, "%s %s <%s> %lld %c%02d%02d\n", role, who->name,
	    who->email, (long long)who->when.time,
	    who->when.offset < 0 ? '-' : '+', offset / 60, offset % 60);
}

void
tk_object_commit(struct tk_str *out, const git_oid *tree,
    const git_oid *parent, const git_signature *author,
    const git_signature *committer, const char *text)
{
	char hex[GIT_OID_HEXSZ + 1];

	tk_str_addf(out, "tree %s\n", git_oid_tostr(hex, sizeof(hex), tree));
	if (parent != NULL)
		tk_str_addf(out, "parent %s\n",
		    git_oid_tostr(hex, sizeof(hex), parent));
	add_person(out, "author", author);
	add_person(out, "committer", committer);
	tk_str_add_char(out, '\n');
	tk_str_add(out, text);
}

void
tk_object_sign(struct tk_str *commit, const char *signature)
{
	struct tk_str all = TK_STR_INIT;
	const char *body = strstr(commit->data, "\n\n"), *p = signature;
	size_t head = (size_t)(body - commit->data) + 1, n;

	tk_str_add_data(&all, commit->data, head);
	tk_str_add(&all, "gpgsig");
	/* Lines of a value that goes on begin with a blank. */
	for (; *p != '\0'; p += n + (p[n] == '\n')) {
		n = strcspn(p, "\n");
		tk_str_add_char(&all, ' ');
		tk_str_add_data(&all, p, n);
		tk_str_add_char(&all, '\n');
	}
	tk_str_add_data(&all, commit->data + head, commit->len - head);
	tk_str_clear(commit);
	*commit = all;
}
