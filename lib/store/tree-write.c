/* tree-write - the folders of the desk while a transaction changes them. */
#include "store/tree-write.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "store/git.h"

#define FILE_MODE "100644"
#define FOLDER_MODE "40000"

struct folder {
	char *name;
	struct tk_str raw; /* mode, blank, name, NUL, id; and so on */
	git_oid id;        /* as it was last read or written */
	bool is_new;       /* there is none */
	bool changed;
	struct folder **below; /* those that were looked at */
	size_t n, cap;
};

struct tk_tree {
	git_repository *repo;
	git_odb *odb;
	struct tk_odb *mem;
	struct folder *top;
};

/* Where an entry stands, or would. */
struct place {
	size_t at, end; /* the same where it is not there */
	size_t id;
	bool is_folder;
};

static struct folder *
new_folder(const char *name, size_t len)
{
	struct folder *f = tk_calloc(1, sizeof(*f));

	f->name = tk_strndup(name, len);
	tk_str_init(&f->raw);
	f->is_new = true;
	return f;
}

static void
free_folder(struct folder *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		free_folder(f->below[i]);
	tk_str_clear(&f->raw);
	free(f->below);
	free(f->name);
	free(f);
}

static enum tk_status
read_folder(struct tk_tree *t, struct folder *f, const git_oid *id,
    struct tk_err *err)
{
	git_odb_object *obj = NULL;
	int rc = git_odb_read(&obj, t->odb, id);

	if (rc == 0 && git_odb_object_type(obj) == GIT_OBJECT_TREE) {
		tk_str_add_data(&f->raw, git_odb_object_data(obj),
		    git_odb_object_size(obj));
		f->id = *id;
		f->is_new = false;
	} else {
		rc = rc < 0 ? rc : GIT_ERROR;
		/* Missing here is damage, not absence. */
		(void)tk_fail_git(err, rc, _("folder %s"), f->name);
	}
	git_odb_object_free(obj);
	return rc < 0 ? TK_ESYS : TK_OK;
}

enum tk_status
tk_tree_new(struct tk_tree **out, git_repository *repo, struct tk_odb *mem,
    const git_oid *root, struct tk_err *err)
{
	struct tk_tree *t = tk_calloc(1, sizeof(*t));
	enum tk_status st = TK_OK;
	int rc;

	*out = NULL;
	t->repo = repo;
	t->mem = mem;
	t->top = new_folder("", 0);
	if ((rc = git_repository_odb(&t->odb, repo)) < 0)
		st = tk_fail_git(err, rc, _("open the object store"));
	else if (root != NULL)
		st = read_folder(t, t->top, root, err);
	if (st == TK_OK)
		*out = t;
	else
		tk_tree_free(t);
	return st;
}

void
tk_tree_free(struct tk_tree *t)
{
	if (t == NULL)
		return;
	free_folder(t->top);
	git_odb_free(t->odb);
	free(t);
}

/* git sorts a folder as if its name ended in a slash. */
static int
order(const char *a, size_t a_len, bool a_folder, const char *b, size_t b_len,
    bool b_folder)
{
	size_t least = a_len < b_len ? a_len : b_len;
	int cmp = memcmp(a, b, least);
	unsigned char x, y;

	if (cmp != 0)
		return cmp;
	x = a_len > least ? (unsigned char)a[least] : a_folder ? '/' : 0;
	y = b_len > least ? (unsigned char)b[least] : b_folder ? '/' : 0;
	return x - y;
}

/* false: what is there is no folder as git writes it. */
static bool
look(struct place *p, const struct folder *f, const char *name, size_t len,
    bool is_folder)
{
	const char *raw = f->raw.data, *blank, *nul;
	size_t at = 0, end;
	bool folder, placed = false;

	memset(p, 0, sizeof(*p));
	for (; at < f->raw.len; at = end) {
		blank = memchr(raw + at, ' ', f->raw.len - at);
		nul = blank != NULL
		    ? memchr(blank, '\0', f->raw.len - (size_t)(blank - raw))
		    : NULL;
		if (nul == NULL ||
		    f->raw.len - (size_t)(nul - raw) <= GIT_OID_RAWSZ)
			return false;
		end = (size_t)(nul - raw) + 1 + GIT_OID_RAWSZ;
		folder = raw[at] == '4';
		blank++;
		if ((size_t)(nul - blank) == len &&
		    memcmp(blank, name, len) == 0) {
			p->at = at;
			p->end = end;
			p->id = end - GIT_OID_RAWSZ;
			p->is_folder = folder;
			return true;
		}
		if (!placed &&
		    order(blank, (size_t)(nul - blank), folder, name, len,
			is_folder) > 0) {
			p->at = p->end = at;
			placed = true;
		}
	}
	if (!placed)
		p->at = p->end = f->raw.len;
	return true;
}

static enum tk_status
find_place(struct place *p, const struct folder *f, const char *name,
    size_t len, bool is_folder, struct tk_err *err)
{
	if (look(p, f, name, len, is_folder))
		return TK_OK;
	return tk_fail(err, TK_ESYS, _("folder %s is damaged"), f->name);
}

/* Also where it is of another kind. */
static bool
is_there(const struct place *p)
{
	return p->end > p->at;
}

/* The folder of that name below; NULL where there is none. */
static enum tk_status
below(struct folder **out, struct tk_tree *t, struct folder *f,
    const char *name, size_t len, bool make, struct tk_err *err)
{
	struct folder *b;
	struct place p;
	enum tk_status st;
	git_oid id;
	size_t i;

	*out = NULL;
	for (i = f->n; i-- > 0;)
		if (strncmp(f->below[i]->name, name, len) == 0 &&
		    f->below[i]->name[len] == '\0') {
			*out = f->below[i];
			return TK_OK;
		}
	if ((st = find_place(&p, f, name, len, true, err)) != TK_OK)
		return st;
	if (is_there(&p) && !p.is_folder)
		return make ? tk_fail(err, TK_EINPUT, _("%.*s: not a folder"),
				  (int)len, name)
			    : TK_OK;
	if (!is_there(&p) && !make)
		return TK_OK;
	b = new_folder(name, len);
	if (is_there(&p)) {
		memcpy(id.id, f->raw.data + p.id, sizeof(id.id));
		st = read_folder(t, b, &id, err);
	}
	if (st != TK_OK) {
		free_folder(b);
		return st;
	}
	TK_GROW(f->below, f->n, f->cap);
	f->below[f->n++] = *out = b;
	return TK_OK;
}

/* The folder that a path's last name is in. NULL: there is none. */
static enum tk_status
walk(struct folder **out, const char **name, struct tk_tree *t,
    const char *path, bool make, struct tk_err *err)
{
	struct folder *f = t->top;
	enum tk_status st = TK_OK;
	const char *slash;

	for (; f != NULL && (slash = strchr(path, '/')) != NULL;
	     path = slash + 1) {
		st = below(&f, t, f, path, (size_t)(slash - path), make, err);
		if (make && f != NULL)
			f->changed = true;
	}
	*out = f;
	*name = path;
	return st;
}

enum tk_status
tk_tree_find(
    struct tk_tree *t, git_oid *id, const char *path, struct tk_err *err)
{
	struct folder *f;
	struct place p;
	const char *name;
	enum tk_status st = walk(&f, &name, t, path, false, err);

	if (st == TK_OK && f != NULL)
		st = find_place(&p, f, name, strlen(name), false, err);
	if (st != TK_OK)
		return st;
	if (f == NULL || !is_there(&p))
		return tk_fail(err, TK_ENOENT, _("%s: not in the desk"), path);
	if (p.is_folder)
		return tk_fail(err, TK_ENOENT, _("%s: not a file"), path);
	memcpy(id->id, f->raw.data + p.id, sizeof(id->id));
	return TK_OK;
}

bool
tk_tree_has(struct tk_tree *t, const char *path)
{
	struct tk_err err = TK_ERR_INIT;
	struct folder *f;
	struct place p;
	const char *name;

	return walk(&f, &name, t, path, false, &err) == TK_OK && f != NULL &&
	    look(&p, f, name, strlen(name), false) && is_there(&p);
}

static void
splice(struct tk_str *s, size_t at, size_t end, const char *data, size_t len)
{
	size_t tail = s->len - end;

	if (len > end - at)
		tk_str_reserve(s, len - (end - at));
	if (s->len > 0)
		memmove(s->data + at + len, s->data + end, tail);
	if (len > 0)
		memcpy(s->data + at, data, len);
	s->len = at + len + tail;
	if (s->cap > 0)
		s->data[s->len] = '\0';
}

static void
put_entry(struct tk_tree *t, struct folder *f, const struct place *p,
    const char *mode, const char *name, const git_oid *id)
{
	struct tk_str e = TK_STR_INIT;
	git_oid was;

	if (is_there(p)) {
		memcpy(was.id, f->raw.data + p->id, sizeof(was.id));
		tk_odb_follows(t->mem, id, &was);
		memcpy(f->raw.data + p->id, id->id, sizeof(id->id));
	} else {
		tk_str_addf(&e, "%s %s", mode, name);
		tk_str_add_char(&e, '\0');
		tk_str_add_data(&e, id->id, sizeof(id->id));
		splice(&f->raw, p->at, p->at, e.data, e.len);
		tk_str_clear(&e);
	}
	f->changed = true;
}

enum tk_status
tk_tree_put(struct tk_tree *t, const char *path, const git_oid *id,
    struct tk_err *err)
{
	struct folder *f;
	struct place p;
	const char *name;
	enum tk_status st = walk(&f, &name, t, path, true, err);

	if (st == TK_OK)
		st = find_place(&p, f, name, strlen(name), false, err);
	if (st == TK_OK && is_there(&p) && p.is_folder)
		st = tk_fail(err, TK_EINPUT, _("%s: not a file"), path);
	if (st == TK_OK)
		put_entry(t, f, &p, FILE_MODE, name, id);
	return st;
}

enum tk_status
tk_tree_remove(struct tk_tree *t, const char *path, struct tk_err *err)
{
	struct folder *f;
	struct place p;
	const char *name;
	enum tk_status st = walk(&f, &name, t, path, true, err);

	if (st == TK_OK)
		st = find_place(&p, f, name, strlen(name), false, err);
	if (st == TK_OK && (!is_there(&p) || p.is_folder))
		st = tk_fail(err, TK_ENOENT, _("%s: not in the desk"), path);
	if (st != TK_OK)
		return st;
	splice(&f->raw, p.at, p.end, "", 0);
	f->changed = true;
	return TK_OK;
}

static enum tk_status
write_folder(struct tk_tree *t, struct folder *f, struct tk_err *err)
{
	struct folder *b;
	enum tk_status st = TK_OK;
	struct place p;
	git_oid was = f->id;
	size_t i;

	for (i = 0; i < f->n && st == TK_OK; i++) {
		b = f->below[i];
		if (!b->changed ||
		    (st = write_folder(t, b, err)) != TK_OK ||
		    (st = find_place(&p, f, b->name, strlen(b->name), true,
			 err)) != TK_OK)
			continue;
		if (b->raw.len > 0) {
			put_entry(t, f, &p, FOLDER_MODE, b->name, &b->id);
		} else {
			splice(&f->raw, p.at, p.end, "", 0);
			free_folder(b);
			f->below[i--] = f->below[--f->n];
		}
	}
	f->changed = false;
	if (st != TK_OK || (f->raw.len == 0 && f != t->top))
		return st;
	tk_odb_put(
	    t->mem, &f->id, GIT_OBJECT_TREE, f->raw.data, f->raw.len);
	if (!f->is_new)
		tk_odb_follows(t->mem, &f->id, &was);
	f->is_new = false;
	return TK_OK;
}

enum tk_status
tk_tree_write(struct tk_tree *t, git_oid *root, struct tk_err *err)
{
	enum tk_status st = write_folder(t, t->top, err);

	*root = t->top->id;
	return st;
}
