/* filename - names and types of attached files. */
#include "mail/filename.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define NAME_MAX_BYTES 200 /* file systems take 255 */

static const struct {
	const char *ending;
	const char *type; /* the first of a type gives invented names */
} types[] = {
	{ "txt", "text/plain" },
	{ "log", "text/plain" },
	{ "conf", "text/plain" },
	{ "ini", "text/plain" },
	{ "patch", "text/plain" },
	{ "html", "text/html" },
	{ "htm", "text/html" },
	{ "csv", "text/csv" },
	{ "xml", "text/xml" },
	{ "md", "text/markdown" },
	{ "ics", "text/calendar" },
	{ "vcf", "text/vcard" },
	{ "png", "image/png" },
	{ "jpg", "image/jpeg" },
	{ "jpeg", "image/jpeg" },
	{ "gif", "image/gif" },
	{ "bmp", "image/bmp" },
	{ "webp", "image/webp" },
	{ "svg", "image/svg+xml" },
	{ "tif", "image/tiff" },
	{ "tiff", "image/tiff" },
	{ "pdf", "application/pdf" },
	{ "zip", "application/zip" },
	{ "gz", "application/gzip" },
	{ "7z", "application/x-7z-compressed" },
	{ "rar", "application/vnd.rar" },
	{ "tar", "application/x-tar" },
	{ "json", "application/json" },
	{ "rtf", "application/rtf" },
	{ "doc", "application/msword" },
	{ "xls", "application/vnd.ms-excel" },
	{ "ppt", "application/vnd.ms-powerpoint" },
	{ "docx",
	    "application/vnd.openxmlformats-officedocument."
	    "wordprocessingml.document" },
	{ "xlsx",
	    "application/vnd.openxmlformats-officedocument."
	    "spreadsheetml.sheet" },
	{ "pptx",
	    "application/vnd.openxmlformats-officedocument."
	    "presentationml.presentation" },
	{ "odt", "application/vnd.oasis.opendocument.text" },
	{ "ods", "application/vnd.oasis.opendocument.spreadsheet" },
	{ "mp3", "audio/mpeg" },
	{ "wav", "audio/wav" },
	{ "ogg", "audio/ogg" },
	{ "mp4", "video/mp4" },
	{ "eml", "message/rfc822" },
	{ "txt", "message/delivery-status" },
	{ "txt", "text/rfc822-headers" },
	{ "asc", "application/pgp-signature" },
	{ "p7s", "application/pkcs7-signature" },
	{ "p7s", "application/x-pkcs7-signature" },
	{ "p7m", "application/pkcs7-mime" },
	{ "dat", "application/ms-tnef" },
	{ "pcap", "application/vnd.tcpdump.pcap" },
};

static const struct {
	const char *bytes;
	const char *type;
} magics[] = {
	{ "\x89PNG\r\n", "image/png" },
	{ "\xFF\xD8\xFF", "image/jpeg" },
	{ "GIF8", "image/gif" },
	{ "%PDF-", "application/pdf" },
	{ "PK\x03\x04", "application/zip" },
	{ "\x1F\x8B", "application/gzip" },
	{ "7z\xBC\xAF\x27\x1C", "application/x-7z-compressed" },
};

/* Bidirectional controls and other characters nobody sees, in UTF-8. */
static bool
is_unseen(const char *s)
{
	static const char *const marks[] = { "\xE2\x80\x8B", "\xE2\x80\x8C",
		"\xE2\x80\x8D", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xA8",
		"\xE2\x80\xA9", "\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC",
		"\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x81\xA0", "\xE2\x81\xA6",
		"\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9", "\xEF\xBB\xBF",
		"\xD8\x9C" };
	size_t i;

	for (i = 0; i < TK_COUNT(marks); i++)
		if (tk_starts(s, marks[i]))
			return true;
	return false;
}

static const char *
last_component(const char *name)
{
	const char *p, *last = name;

	for (p = name; *p != '\0'; p++)
		if ((*p == '/' || *p == '\\') && p[1] != '\0')
			last = p + 1;
	return last;
}

void
tk_filename_safe(struct tk_str *out, const char *name)
{
	struct tk_str valid = TK_STR_INIT, s = TK_STR_INIT;
	const char *p, *ending;
	size_t tail;

	tk_utf8_repair(&valid, name, strlen(name));
	for (p = last_component(valid.data); *p != '\0';) {
		unsigned char c = (unsigned char)*p;

		if (is_unseen(p)) {
			p += 2 + (c >= 0xE0);
		} else if (c == 0xC2 && (unsigned char)p[1] < 0xA0) {
			p += 2; /* C1 controls */
		} else {
			if (c < ' ' || c == 127)
				tk_str_add_char(&s, ' ');
			else if (c == '/' || c == '\\')
				tk_str_add_char(&s, '_');
			else
				tk_str_add_char(&s, *p);
			p++;
		}
	}
	tk_str_trim(&s);
	p = s.data + strspn(s.data, ".- ~");
	if (strlen(p) <= NAME_MAX_BYTES) {
		tk_str_add(out, p);
	} else {
		/* keep the ending: it says what the file is */
		ending = strrchr(p, '.');
		tail = ending != NULL ? strlen(ending) : 0;
		if (tail > 16)
			tail = 0;
		tk_str_add_data(
		    out, p, tk_utf8_cut(p, strlen(p), NAME_MAX_BYTES - tail));
		if (tail > 0)
			tk_str_add(out, ending);
	}
	tk_str_clear(&s);
	tk_str_clear(&valid);
}

void
tk_filename_invent(struct tk_str *out, size_t n, const char *type)
{
	const char *ending = NULL;
	size_t i;

	for (i = 0; i < TK_COUNT(types) && ending == NULL; i++)
		if (strcmp(types[i].type, type) == 0)
			ending = types[i].ending;
	if (ending == NULL)
		ending = tk_starts(type, "text/") ? "txt" : "bin";
	tk_str_addf(out, "part-%zu.%s", n, ending);
}

const char *
tk_filename_type(const char *name, const void *data, size_t len)
{
	const char *ending = strrchr(name, '.');
	size_t i;

	for (i = 0; ending != NULL && i < TK_COUNT(types); i++)
		if (tk_strcaseeq(ending + 1, types[i].ending))
			return types[i].type;
	for (i = 0; i < TK_COUNT(magics); i++) {
		size_t n = strlen(magics[i].bytes);

		if (len >= n && memcmp(data, magics[i].bytes, n) == 0)
			return magics[i].type;
	}
	if (len > 0 && memchr(data, '\0', len) == NULL &&
	    tk_utf8_valid(data, len))
		return "text/plain";
	return "application/octet-stream";
}
