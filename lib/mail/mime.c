/* mime - the parts of a letter, flattened. */
#include "mail/mime.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>

#include <gmime/gmime.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "mail/crypto.h"
#include "mail/text.h"
#include "mail/words.h"

#define PIECE 65536     /* bytes decoded at a time */
#define FIELD_MAX 65536 /* bytes of a Content- field that are looked at */
#define TEXT_MAX ((size_t)8 * 1024 * 1024) /* bytes, encoded, of a lone text */

/* Where the walk stands. */
struct place {
	int depth;
	int alternative;
	bool report;
	bool inside; /* of an attached letter: count, but keep nothing */
	bool only;
};

struct walk {
	struct tk_mime *m;
	int parts, groups;
};

/* Streams of GIO, which nobody here has: g_mime_init() would bring GIO along
 * where GMime is linked into the program. */
GType
g_mime_stream_gio_get_type(void)
{
	return G_TYPE_INVALID;
}

void
tk_mime_init(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, g_mime_init);
}

int64_t
tk_mime_date(const char *raw)
{
	GDateTime *date = NULL;
	int64_t at = 0;

	if (g_utf8_validate(raw, -1, NULL))
		date = g_mime_utils_header_decode_date(raw);
	if (date != NULL) {
		at = g_date_time_to_unix(date);
		g_date_time_unref(date);
	}
	return at;
}

/* A field of a part as it stands, unfolded. */
static char *
field(GMimeObject *object, const char *name)
{
	GMimeHeaderList *list = g_mime_object_get_header_list(object);
	GMimeHeader *header = g_mime_header_list_get_header(list, name);
	const char *raw = NULL, *p;
	struct tk_str out = TK_STR_INIT;

	if (header != NULL)
		raw = g_mime_header_get_raw_value(header);
	for (p = raw; p != NULL && *p != '\0' && out.len < FIELD_MAX; p++)
		if (*p != '\r' && *p != '\n')
			tk_str_add_char(&out, *p);
	tk_str_trim(&out);
	return tk_str_detach(&out);
}

static char *
type_of(GMimeObject *object)
{
	GMimeContentType *ct = g_mime_object_get_content_type(object);
	char *name = g_mime_content_type_get_mime_type(ct), *type;

	type = g_ascii_strdown(name, -1);
	g_free(name);
	name = tk_strdup(*type != '\0' ? type : "text/plain");
	g_free(type);
	return name;
}

static char *
cid_of(GMimeObject *object)
{
	struct tk_str s = TK_STR_INIT;
	char *raw = field(object, "Content-Id"), *p;

	for (p = raw; *p != '\0'; p++)
		if (*p > ' ' && *p != '<' && *p != '>' && *p != 127)
			tk_str_add_char(&s, *p);
	free(raw);
	return tk_str_detach(&s);
}

static void
add_leaf(struct tk_mime *m, GMimeObject *object, const struct place *at)
{
	struct tk_leaf *leaf;

	TK_GROW(m->v, m->n, m->cap);
	leaf = &m->v[m->n++];
	leaf->type = type_of(object);
	leaf->content = field(object, "Content-Type");
	leaf->disposition = field(object, "Content-Disposition");
	leaf->cid = cid_of(object);
	leaf->alternative = at->alternative;
	leaf->report = at->report;
	leaf->message = GMIME_IS_MESSAGE_PART(object);
	leaf->whole = at->only;
	leaf->role = TK_LEAF_FILE;
	leaf->named = leaf->empty = false;
	leaf->object = object;
	tk_str_init(&leaf->bytes);
	leaf->name = NULL;
	if (GMIME_IS_MULTIPART(object)) {
		/* a multipart without parts: what it holds is plain text */
		free(leaf->type);
		leaf->type = tk_strdup("text/plain");
	}
}

static enum tk_status walk(struct walk *w, GMimeObject *object,
    const struct place *at, struct tk_err *err);

static enum tk_status
walk_multipart(struct walk *w, GMimeMultipart *multi, const struct place *at,
    struct tk_err *err)
{
	GMimeContentType *ct =
	    g_mime_object_get_content_type(GMIME_OBJECT(multi));
	struct place in = *at;
	enum tk_status st = TK_OK;
	int i, n = g_mime_multipart_get_count(multi);

	in.depth++;
	in.only = at->only && n == 1;
	in.report = g_mime_content_type_is_type(ct, "multipart", "report");
	if (in.alternative < 0 &&
	    g_mime_content_type_is_type(ct, "multipart", "alternative"))
		in.alternative = w->groups++;
	if (n == 0 && !at->inside &&
	    g_mime_multipart_get_prologue(multi) != NULL)
		add_leaf(w->m, GMIME_OBJECT(multi), at);
	for (i = 0; i < n && st == TK_OK; i++)
		st = walk(w, g_mime_multipart_get_part(multi, i), &in, err);
	return st;
}

static enum tk_status
walk(struct walk *w, GMimeObject *object, const struct place *at,
    struct tk_err *err)
{
	struct place in = *at;
	GMimeMessage *inner;

	if (++w->parts > TK_MIME_PARTS)
		return tk_fail(err, TK_EINPUT,
		    _("the letter has more than %d parts"), TK_MIME_PARTS);
	if (at->depth > TK_MIME_DEPTH)
		return tk_fail(err, TK_EINPUT,
		    _("the letter's parts are nested deeper than %d"),
		    TK_MIME_DEPTH);
	if (object == NULL)
		return TK_OK;
	if (GMIME_IS_MULTIPART(object))
		return walk_multipart(w, GMIME_MULTIPART(object), at, err);
	if (!at->inside)
		add_leaf(w->m, object, at);
	if (!GMIME_IS_MESSAGE_PART(object))
		return TK_OK;
	inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
	if (inner == NULL)
		return TK_OK;
	in.depth++;
	in.inside = true;
	return walk(w, g_mime_message_get_mime_part(inner), &in, err);
}

/* Of a letter that is one text, and no file, only the beginning is ever looked
 * at (SOURCE_MAX in body.c); GMime would go through all of its lines. */
static size_t
needed(const struct tk_headers *h, size_t len)
{
	const char *type = tk_headers_get(h, "Content-Type");

	if (len <= TEXT_MAX ||
	    tk_headers_get(h, "Content-Disposition") != NULL ||
	    (type != NULL &&
		(tk_text_find(type, "name") != NULL ||
		    strncasecmp(type + strspn(type, " \t"), "text/", 5) != 0)))
		return len;
	return TEXT_MAX;
}

/* What GMime has to see of the letter: how the body is made, and the body.
 * The stream takes it over, so that a large letter is there once more only. */
static GByteArray *
content_of(const struct tk_headers *h, const char *body, size_t len)
{
	struct tk_str head = TK_STR_INIT;
	GByteArray *all;
	size_t i;

	for (i = 0; i < h->n; i++)
		if (strncasecmp(h->v[i].name, "Content-", 8) == 0 &&
		    strlen(h->v[i].value) < FIELD_MAX)
			tk_str_addf(
			    &head, "%s: %s\n", h->v[i].name, h->v[i].value);
	tk_str_add(&head, "\n");
	all = g_byte_array_sized_new((guint)(head.len + len));
	g_byte_array_append(all, (const guint8 *)head.data, (guint)head.len);
	g_byte_array_append(all, (const guint8 *)body, (guint)len);
	tk_str_clear(&head);
	return all;
}

/* The stream as leaves of m. */
static enum tk_status
parse(struct tk_mime *m, GMimeStream *stream, const struct tk_reading *known,
    struct tk_err *err)
{
	const struct place at = { .alternative = -1, .only = true };
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	struct tk_str report = TK_STR_INIT;
	struct walk w = { m, 0, 0 };
	GMimeObject *top;
	enum tk_status st;
	char *content;

	m->message = g_mime_parser_construct_message(parser, NULL);
	g_object_unref(parser);
	top = m->message ? g_mime_message_get_mime_part(m->message) : NULL;
	if (top == NULL) {
		m->top = tk_strdup("text/plain");
		m->report = tk_strdup("");
		return TK_OK;
	}
	m->top = type_of(top);
	content = field(top, "Content-Type");
	(void)tk_params_get(&report, content, "report-type", NULL);
	free(content);
	m->report = tk_str_detach(&report);
	if (known == NULL)
		return walk(&w, top, &at, err);
	st = walk(&w, tk_crypto_open(m, top, known), &at, err);
	if (st == TK_OK)
		tk_mime_unpack(m);
	return st;
}

enum tk_status
tk_mime_open(struct tk_mime **out, const struct tk_headers *h, const char *body,
    size_t len, const struct tk_reading *known, struct tk_err *err)
{
	GByteArray *bytes;
	struct tk_mime *m = tk_calloc(1, sizeof(*m));
	GMimeStream *stream = NULL;
	enum tk_status st;

	*out = NULL;
	len = needed(h, len);
	if (len > TK_MIME_SIZE)
		len = TK_MIME_SIZE + 1; /* enough to see that it is */
	bytes = content_of(h, body, len);
	if ((st = tk_mime_limits((const char *)bytes->data, bytes->len, err)) !=
	    TK_OK) {
		g_byte_array_free(bytes, TRUE);
	} else {
		tk_mime_init();
		stream = g_mime_stream_mem_new_with_byte_array(bytes);
		g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), TRUE);
		st = parse(m, stream, known, err);
		g_object_unref(stream);
	}
	if (st == TK_OK)
		*out = m;
	else
		tk_mime_free(m);
	return st;
}

enum tk_status
tk_mime_open_file(struct tk_mime **out, int fd, size_t len, struct tk_err *err)
{
	struct tk_mime *m = NULL;
	GMimeStream *stream;
	enum tk_status st;
	void *map = mmap(NULL, len, PROT_READ, MAP_PRIVATE, fd, 0);

	*out = NULL;
	if (map == MAP_FAILED)
		return tk_fail_errno(err, "mmap");
	st = tk_mime_counts(map, len, err);
	munmap(map, len);
	if (st != TK_OK)
		return st;
	tk_mime_init();
	/* What the parts hold stays in the file until it is asked for. */
	stream = g_mime_stream_fs_new(fd);
	g_mime_stream_fs_set_owner(GMIME_STREAM_FS(stream), FALSE);
	m = tk_calloc(1, sizeof(*m));
	st = parse(m, stream, NULL, err);
	g_object_unref(stream);
	if (st == TK_OK)
		*out = m;
	else
		tk_mime_free(m);
	return st;
}

void
tk_leaf_clear(struct tk_leaf *leaf)
{
	free(leaf->type);
	free(leaf->content);
	free(leaf->disposition);
	free(leaf->cid);
	free(leaf->name);
	tk_str_clear(&leaf->bytes);
}

void
tk_mime_free(struct tk_mime *m)
{
	GObject *message;
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->n; i++)
		tk_leaf_clear(&m->v[i]);
	free(m->v);
	free(m->top);
	free(m->report);
	message = m->inner;
	g_clear_object(&message);
	message = m->message;
	g_clear_object(&message);
	free(m->signature);
	free(m->encrypted);
	free(m);
}

/* In pieces, so that a part of which little is wanted costs little. sum, where
 * not NULL, gets them instead of out; the number of bytes. */
static size_t
decode(
    struct tk_str *out, struct tk_sha256_sum *sum, GMimePart *part, size_t max)
{
	GMimeDataWrapper *content = g_mime_part_get_content(part);
	GMimeStream *source, *filtered;
	GMimeFilter *filter;
	size_t total = 0;
	ssize_t n;

	if (content == NULL)
		return 0;
	source = g_mime_data_wrapper_get_stream(content);
	g_mime_stream_reset(source);
	filtered = g_mime_stream_filter_new(source);
	filter = g_mime_filter_basic_new(
	    g_mime_data_wrapper_get_encoding(content), FALSE);
	g_mime_stream_filter_add(GMIME_STREAM_FILTER(filtered), filter);
	g_object_unref(filter);
	for (; total < max; total += (size_t)n) {
		tk_str_reserve(out, PIECE);
		n = g_mime_stream_read(filtered, out->data + out->len, PIECE);
		if (n <= 0)
			break;
		if (sum != NULL) {
			tk_sha256_add(sum, out->data, (size_t)n);
			continue;
		}
		out->len += (size_t)n;
		out->data[out->len] = '\0';
	}
	g_object_unref(filtered);
	g_mime_stream_reset(source);
	return total;
}

size_t
tk_mime_sum(char sha256[65], const struct tk_mime *m, size_t i)
{
	GMimeObject *object = m->v[i].object;
	struct tk_sha256_sum *sum = tk_sha256_new();
	struct tk_str data = TK_STR_INIT;
	size_t len;

	if (object != NULL && GMIME_IS_PART(object)) {
		len = decode(&data, sum, GMIME_PART(object), SIZE_MAX);
	} else {
		tk_mime_data(&data, m, i);
		tk_sha256_add(sum, data.data, data.len);
		len = data.len;
	}
	tk_sha256_finish(sha256, sum);
	tk_str_clear(&data);
	return len;
}

bool
tk_mime_is_empty(const struct tk_mime *m, size_t i)
{
	GMimeObject *object = m->v[i].object;
	struct tk_str first = TK_STR_INIT;
	bool empty = object == NULL ? m->v[i].bytes.len == 0
	    : GMIME_IS_PART(object)
	    ? decode(&first, NULL, GMIME_PART(object), 1) == 0
	    : false;

	tk_str_clear(&first);
	return empty;
}

void
tk_mime_data(struct tk_str *out, const struct tk_mime *m, size_t i)
{
	tk_mime_data_max(out, m, i, SIZE_MAX);
}

void
tk_mime_data_max(
    struct tk_str *out, const struct tk_mime *m, size_t i, size_t max)
{
	GMimeObject *object = m->v[i].object;
	GMimeStream *stream;
	GMimeMessage *inner;
	GByteArray *bytes;

	if (object == NULL) {
		tk_str_add_data(out, m->v[i].bytes.data, m->v[i].bytes.len);
	} else if (GMIME_IS_MULTIPART(object)) {
		tk_str_add(out,
		    g_mime_multipart_get_prologue(GMIME_MULTIPART(object)));
	} else if (GMIME_IS_PART(object)) {
		(void)decode(out, NULL, GMIME_PART(object), max);
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		inner =
		    g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
		if (inner == NULL)
			return;
		stream = g_mime_stream_mem_new();
		g_mime_object_write_to_stream(
		    GMIME_OBJECT(inner), NULL, stream);
		bytes =
		    g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
		tk_str_add_data(out, bytes->data, bytes->len);
		g_object_unref(stream);
	}
}
