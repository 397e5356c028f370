/*
 * crypto_sign - a letter of ours becomes a multipart/signed.
 *
 * The letter was committed as its author wrote it; the signature is put on
 * where it leaves, because the key is there and nowhere else.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <gmime/gmime.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "mail/crypto.h"
#include "mail/mime.h"

/* Header fields that tell how the body is made go with the body. */
static void
split(struct tk_str *head, struct tk_str *entity, const struct tk_str *raw)
{
	const char *p = raw->data, *end = p + raw->len, *nl;
	struct tk_str *to = head;

	for (; p < end; p = nl) {
		nl = memchr(p, '\n', (size_t)(end - p));
		nl = nl != NULL ? nl + 1 : end;
		if (*p == '\n' || (*p == '\r' && p + 1 < end && p[1] == '\n'))
			break;
		if (*p != ' ' && *p != '\t')
			to = strncasecmp(p, "Content-", 8) == 0 ? entity : head;
		tk_str_add_data(to, p, (size_t)(nl - p));
	}
	tk_str_add_data(entity, p, (size_t)(end - p));
}

/* What is signed has CRLF at the end of lines (RFC 3156 section 5). */
static void
canonical(struct tk_str *out, const struct tk_str *text)
{
	size_t i;

	for (i = 0; i < text->len; i++) {
		if (text->data[i] == '\n' &&
		    (i == 0 || text->data[i - 1] != '\r'))
			tk_str_add_char(out, '\r');
		tk_str_add_char(out, text->data[i]);
	}
}

static enum tk_status
make(struct tk_str *signature, char **digest, GMimeCryptoContext *ctx,
    const struct tk_str *entity, const char *key, struct tk_err *err)
{
	struct tk_str text = TK_STR_INIT;
	GMimeStream *in, *out;
	GByteArray *bytes;
	GError *why = NULL;
	enum tk_status st = TK_OK;
	const char *name;
	int algo;

	canonical(&text, entity);
	in = g_mime_stream_mem_new_with_buffer(text.data, text.len);
	out = g_mime_stream_mem_new();
	algo = g_mime_crypto_context_sign(ctx, TRUE, key, in, out, &why);
	if (algo < 0) {
		st = tk_fail(err, TK_ESYS, _("cannot be signed as %s: %s"), key,
		    why != NULL ? why->message : "gpg");
	} else {
		bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out));
		tk_str_add_data(signature, bytes->data, bytes->len);
		name = g_mime_crypto_context_digest_name(
		    ctx, (GMimeDigestAlgo)algo);
		*digest = tk_strdup(name != NULL ? name : "sha256");
	}
	g_clear_error(&why);
	g_object_unref(in);
	g_object_unref(out);
	tk_str_clear(&text);
	return st;
}

static void
add_base64(struct tk_str *out, const struct tk_str *data)
{
	char *text = g_base64_encode((const guchar *)data->data, data->len), *p;
	size_t left;

	for (p = text, left = strlen(text); left > 0;) {
		size_t n = left < 76 ? left : 76;

		tk_str_add_data(out, p, n);
		tk_str_add_char(out, '\n');
		p += n;
		left -= n;
	}
	g_free(text);
}

static void
put_together(struct tk_str *out, const struct tk_str *head,
    const struct tk_str *entity, const struct tk_str *signature,
    const char *digest, bool pgp)
{
	char sum[65];

	tk_sha256(sum, entity->data, entity->len);
	tk_str_add_data(out, head->data, head->len);
	tk_str_addf(out,
	    "Content-Type: multipart/signed; micalg=%s;\n"
	    "\tprotocol=\"application/%s-signature\"; boundary=\"tk-%.32s\"\n"
	    "\n--tk-%.32s\n",
	    digest, pgp ? "pgp" : "pkcs7", sum, sum);
	tk_str_add_data(out, entity->data, entity->len);
	tk_str_addf(out, "\n--tk-%.32s\n", sum);
	if (pgp) {
		tk_str_add(out,
		    "Content-Type: application/pgp-signature; "
		    "name=\"signature.asc\"\n\n");
		tk_str_add_data(out, signature->data, signature->len);
	} else {
		tk_str_add(out,
		    "Content-Type: application/pkcs7-signature; "
		    "name=\"smime.p7s\"\nContent-Transfer-Encoding: base64\n"
		    "\n");
		add_base64(out, signature);
	}
	tk_str_addf(out, "\n--tk-%.32s--\n", sum);
}

enum tk_status
tk_crypto_sign(struct tk_str *out, const struct tk_str *raw, const char *how,
    const char *key, const char *gnupg, struct tk_err *err)
{
	struct tk_str head = TK_STR_INIT, entity = TK_STR_INIT;
	struct tk_str signature = TK_STR_INIT;
	bool pgp = strcmp(how, "pgp") == 0;
	GMimeCryptoContext *ctx;
	char *digest = NULL;
	enum tk_status st;

	tk_mime_init();
	if (gnupg != NULL)
		setenv("GNUPGHOME", gnupg, 1);
	ctx = pgp ? g_mime_gpg_context_new() : g_mime_pkcs7_context_new();
	if (ctx == NULL)
		return tk_fail(err, TK_ESYS, _("cannot be signed as %s: %s"),
		    key, pgp ? "gpg" : "gpgsm");
	split(&head, &entity, raw);
	st = make(&signature, &digest, ctx, &entity, key, err);
	if (st == TK_OK)
		put_together(out, &head, &entity, &signature, digest, pgp);
	free(digest);
	g_object_unref(ctx);
	tk_str_clear(&head);
	tk_str_clear(&entity);
	tk_str_clear(&signature);
	return st;
}
