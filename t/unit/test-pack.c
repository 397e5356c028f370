/* test-pack - store/pack-write.h: git reads back what we wrote. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/proc.h"
#include "store/deflate.h"
#include "store/object.h"
#include "store/pack-write.h"

#include "tap.h"

#define N 300 /* objects */

static struct tk_err err;

static struct tk_str
run(const char *command)
{
	const char *argv[] = { "sh", "-c", command, NULL };
	struct tk_str out = TK_STR_INIT;
	int code = -1;

	if (tk_proc_run(&code,
		&(struct tk_proc){ .argv = argv, .out = &out }, &err) != TK_OK)
		printf("Bail out! %s\n", err.text);
	tk_str_addf(&out, "status %d\n", code);
	return out;
}

/* Of all sizes, so that headers have one, two and three bytes. */
static struct tk_str
content(size_t n)
{
	struct tk_str s = TK_STR_INIT;
	size_t i;

	for (i = 0; i < n * n / 4; i++)
		tk_str_addf(&s, "%zu ", i * n % 977);
	return s;
}

static void
put(struct tk_pack_writer *w, struct tk_deflater *d, git_oid *id,
    const struct tk_str *data)
{
	size_t n;
	const void *z = tk_deflate(d, &n, data->data, data->len);

	tk_object_id(id, GIT_OBJECT_BLOB, data->data, data->len);
	if (tk_pack_put(w, id, GIT_OBJECT_BLOB, data->len, TK_PACK_WHOLE, z, n,
		&err) != TK_OK)
		printf("Bail out! %s\n", err.text);
}

/* Each a line longer than the one before, which it is a delta against. */
static bool
put_chain(struct tk_pack_writer *w, struct tk_deflater *d, size_t from,
    git_oid *last, struct tk_str *text)
{
	struct tk_str was = TK_STR_INIT, delta = TK_STR_INIT;
	bool good = true;
	const void *z;
	size_t i, n;

	*text = content(60);
	put(w, d, last, text);
	for (i = 1; i < 30 && good; i++) {
		tk_str_reset(&was);
		tk_str_add_data(&was, text->data, text->len);
		tk_str_cut(text, text->len - 7);
		tk_str_addf(text, "line %zu\nthe end", i);
		tk_str_reset(&delta);
		good = tk_pack_delta(
		    &delta, was.data, was.len, text->data, text->len);
		z = tk_deflate(d, &n, delta.data, delta.len);
		tk_object_id(last, GIT_OBJECT_BLOB, text->data, text->len);
		good = good &&
		    tk_pack_put(w, last, GIT_OBJECT_BLOB, delta.len,
			from + i - 1, z, n, &err) == TK_OK;
	}
	tk_str_clear(&was);
	tk_str_clear(&delta);
	return good;
}

static char hex[41];

static const char *
name(const git_oid *id)
{
	return git_oid_tostr(hex, sizeof(hex), id);
}

static void
check(const char *objects, const git_oid *last, const struct tk_str *text)
{
	char *command = tk_strf("cd %s/../.. && git verify-pack -v"
				" .git/objects/pack/*.idx | grep -c ' blob '",
	    objects);
	struct tk_str out = run(command);

	is(out.data, "330\nstatus 0\n", "git verify-pack reads all of them");
	free(command);
	tk_str_clear(&out);
	command = tk_strf("cd %s/../.. && git fsck --full --strict >/dev/null"
			  " 2>&1 && ls .git/objects/pack | sed 's/.*[.]//'",
	    objects);
	out = run(command);
	is(out.data, "idx\npack\nstatus 0\n",
	    "git fsck finds nothing, and nothing else lies there");
	free(command);
	tk_str_clear(&out);
	command = tk_strf("cd %s/../.. && git cat-file blob %s", objects,
	    name(last));
	out = run(command);
	ok(out.len == text->len + 9 &&
		memcmp(out.data, text->data, text->len) == 0,
	    "the last of a chain of deltas is what it was");
	free(command);
	tk_str_clear(&out);
	command = tk_strf("cd %s/../.. && git gc -q --prune=now && git fsck"
			  " --full --strict 2>/dev/null; find .git/objects -type f -name '*.pack' | wc -l",
	    objects);
	out = run(command);
	is(out.data, "0\nstatus 0\n", "git gc takes away what nothing refers to");
	free(command);
	tk_str_clear(&out);
}

static void
check_left(const char *objects)
{
	struct tk_pack_writer *w = NULL;
	struct tk_str out;
	char *command = tk_strf("ls -A %s/pack", objects);

	ok(tk_pack_writer_new(&w, objects, 5, &err) == TK_OK &&
		tk_pack_finish(w, &err) == TK_ESYS,
	    "a pack that lacks objects is none");
	tk_pack_writer_free(w);
	out = run(command);
	is(out.data, "status 0\n", "and leaves nothing behind");
	tk_str_clear(&out);
	free(command);
}

static void
check_delta(void)
{
	struct tk_str out = TK_STR_INIT, a = content(100);
	struct tk_str b = TK_STR_INIT;

	tk_str_add(&b, "something else altogether, and not much shorter");
	ok(!tk_pack_delta(&out, a.data, a.len, b.data, b.len),
	    "no delta where nothing is the same");
	ok(tk_pack_delta(&out, a.data, a.len, a.data, a.len) && out.len < 20,
	    "the same again is next to nothing");
	tk_str_clear(&out);
	tk_str_clear(&a);
	tk_str_clear(&b);
}

static void
check_deflate(struct tk_deflater *d)
{
	static const size_t sizes[] = { 0, 1, 63, 64, 65, 5000, 200000 };
	bool good = true;
	char *in = tk_calloc(1, 200000), *out = tk_malloc(200000);
	const void *z;
	size_t i, n;

	for (i = 0; i < 200000; i++)
		in[i] = (char)(i * i % 251);
	for (i = 0; i < TK_COUNT(sizes); i++) {
		z = tk_deflate(d, &n, in, sizes[i]);
		good = good && tk_inflate(out, sizes[i], z, n) &&
		    memcmp(in, out, sizes[i]) == 0 &&
		    !tk_inflate(out, sizes[i] + 1, z, n);
	}
	ok(good, "what is deflated is read back by zlib");
	free(in);
	free(out);
}

int
main(void)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = tk_strf("%s/tk-pack.XXXXXX", tmp != NULL ? tmp : "/tmp");
	struct tk_deflater *d = tk_deflater_new();
	struct tk_pack_writer *w = NULL;
	struct tk_str s, text = TK_STR_INIT, out;
	char *objects, *command;
	git_oid id;
	size_t i;

	if (mkdtemp(dir) == NULL)
		printf("Bail out! mkdtemp\n");
	git_libgit2_init();
	objects = tk_strf("%s/.git/objects", dir);
	command = tk_strf("git init -q %s", dir);
	out = run(command);
	tk_str_clear(&out);
	free(command);
	check_delta();
	check_deflate(d);
	check_left(objects);
	if (tk_pack_writer_new(&w, objects, N + 30, &err) != TK_OK)
		printf("Bail out! %s\n", err.text);
	for (i = 0; i < N; i++) {
		s = content(i);
		tk_str_addf(&s, "%zu", i); /* none is like another */
		put(w, d, &id, &s);
		tk_str_clear(&s);
	}
	ok(put_chain(w, d, N, &id, &text), "a chain of deltas");
	ok(tk_pack_finish(w, &err) == TK_OK, "the pack is finished");
	tk_pack_writer_free(w);
	check(objects, &id, &text);
	tk_str_clear(&text);
	tk_deflater_free(d);
	command = tk_strf("rm -rf %s", dir);
	out = run(command);
	tk_str_clear(&out);
	free(command);
	free(objects);
	free(dir);
	git_libgit2_shutdown();
	done_testing();
	return tap_done();
}
