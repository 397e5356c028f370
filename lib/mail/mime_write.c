/* mime_write - the parts of a letter that is made. */
#include "mail/mime_write.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "mail/filename.h"
#include "mail/text.h"
#include "mail/words.h"

/* Printable ASCII without blanks and brackets: an id, a token. */
bool
tk_mime_token(const char *s)
{
	const char *p;

	for (p = s; *p != '\0'; p++)
		if (*p <= ' ' || *p >= 127 || *p == '<' || *p == '>')
			return false;
	return p > s && p - s < 900;
}

static void
set_content(GMimePart *part, const void *data, size_t len,
    GMimeContentEncoding encoding)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(data, len);
	GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(
	    stream, GMIME_CONTENT_ENCODING_DEFAULT);

	g_mime_part_set_content(part, content);
	g_mime_part_set_content_encoding(part, encoding);
	g_object_unref(content);
	g_object_unref(stream);
}

/* Quoted-printable or base64, whichever is shorter. */
static GMimeContentEncoding
shorter(const char *text, size_t len)
{
	size_t i, odd = 0;

	for (i = 0; i < len; i++)
		odd += (unsigned char)text[i] >= 127 || text[i] == '=';
	return odd * 6 > len ? GMIME_CONTENT_ENCODING_BASE64
			     : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
}

GMimeObject *
tk_mime_text(const char *text, const char *language)
{
	GMimePart *part = g_mime_part_new_with_type("text", "plain");
	GMimeObject *object = GMIME_OBJECT(part);
	struct tk_str valid = TK_STR_INIT, flowed = TK_STR_INIT;

	tk_utf8_repair(&valid, text, strlen(text));
	tk_text_flow(&flowed, valid.data);
	g_mime_object_set_content_type_parameter(object, "charset", "utf-8");
	g_mime_object_set_content_type_parameter(object, "format", "flowed");
	if (language != NULL && tk_mime_token(language))
		g_mime_object_set_header(
		    object, "Content-Language", language, NULL);
	set_content(
	    part, flowed.data, flowed.len, shorter(flowed.data, flowed.len));
	tk_str_clear(&flowed);
	tk_str_clear(&valid);
	return object;
}

/* One name for new readers (RFC 2231), one for old ones (RFC 2047). */
static void
set_name(GMimeObject *object, const char *name)
{
	GMimeParamList *type, *disposition;
	struct tk_str encoded = TK_STR_INIT;
	GMimeParam *param;

	tk_words_encode(&encoded, name, " ");
	type = g_mime_content_type_get_parameters(
	    g_mime_object_get_content_type(object));
	g_mime_param_list_set_parameter(type, "name", encoded.data);
	param = g_mime_param_list_get_parameter(type, "name");
	tk_str_clear(&encoded);
	g_mime_param_set_encoding_method(
	    param, GMIME_PARAM_ENCODING_METHOD_RFC2047);

	g_mime_object_set_disposition(object, "attachment");
	disposition = g_mime_content_disposition_get_parameters(
	    g_mime_object_get_content_disposition(object));
	g_mime_param_list_set_parameter(disposition, "filename", name);
	param = g_mime_param_list_get_parameter(disposition, "filename");
	g_mime_param_set_charset(param, "utf-8");
	g_mime_param_set_encoding_method(
	    param, GMIME_PARAM_ENCODING_METHOD_RFC2231);
}

/* message/rfc822 may not be encoded (RFC 2046), and bytes must arrive as they
 * are: such a file goes as what it is to us, a row of bytes. */
static GMimeObject *
file_part(const struct tk_draft_file *file, size_t number)
{
	const char *type = file->type, *slash;
	struct tk_str name = TK_STR_INIT;
	char *major = NULL;
	GMimePart *part;

	if (type == NULL)
		type = tk_filename_type(file->name, file->data, file->len);
	slash = strchr(type, '/');
	if (slash == NULL || slash == type || !tk_mime_token(type) ||
	    strpbrk(type, ";,\"()") != NULL || strchr(slash + 1, '/') ||
	    strncasecmp(type, "message/", 8) == 0 ||
	    strncasecmp(type, "multipart/", 10) == 0) {
		type = "application/octet-stream";
		slash = type + strlen("application");
	}
	major = tk_strndup(type, (size_t)(slash - type));
	part = g_mime_part_new_with_type(major, slash + 1);
	if (tk_starts(type, "text/") && tk_utf8_valid(file->data, file->len))
		g_mime_object_set_content_type_parameter(
		    GMIME_OBJECT(part), "charset", "utf-8");
	tk_filename_safe(&name, file->name);
	if (name.len == 0)
		tk_filename_invent(&name, number, type);
	set_name(GMIME_OBJECT(part), name.data);
	set_content(part, file->data, file->len, GMIME_CONTENT_ENCODING_BASE64);
	free(major);
	tk_str_clear(&name);
	return GMIME_OBJECT(part);
}

/* Text and files become the body; the boundary comes from seed alone, and
 * "=_" in it cannot occur in what the two encodings give (RFC 2045). */
void
tk_mime_set_body(GMimeMessage *letter, GMimeObject *text,
    const struct tk_draft_file *files, size_t n_files, const char *seed)
{
	GMimeMultipart *multi;
	char sum[65], boundary[40];
	size_t i;

	if (n_files == 0) {
		g_mime_message_set_mime_part(letter, text);
		return;
	}
	tk_sha256(sum, seed, strlen(seed));
	g_snprintf(boundary, sizeof(boundary), "=_tk-%.24s", sum);
	multi = g_mime_multipart_new_with_subtype("mixed");
	g_mime_multipart_set_boundary(multi, boundary);
	g_mime_multipart_add(multi, text);
	for (i = 0; i < n_files; i++) {
		GMimeObject *part = file_part(&files[i], i + 1);

		g_mime_multipart_add(multi, part);
		g_object_unref(part);
	}
	g_mime_message_set_mime_part(letter, GMIME_OBJECT(multi));
	g_object_unref(multi);
}

void
tk_mime_write(struct tk_str *out, GMimeMessage *letter)
{
	GMimeFormatOptions *format = g_mime_format_options_new();
	GMimeStream *stream = g_mime_stream_mem_new();
	GByteArray *bytes;

	g_mime_format_options_set_newline_format(
	    format, GMIME_NEWLINE_FORMAT_UNIX);
	g_mime_object_write_to_stream(GMIME_OBJECT(letter), format, stream);
	bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
	tk_str_add_data(out, bytes->data, bytes->len);
	if (out->len > 0 && out->data[out->len - 1] != '\n')
		tk_str_add_char(out, '\n');
	g_object_unref(stream);
	g_mime_format_options_free(format);
}
