/* crypto - PGP and S/MIME of letters that come in. */
#include "mail/crypto.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <gmime/gmime.h>

#include "base/mem.h"

/* An address out of "Name <a@b>", "<a@b>" or "a@b". */
static char *
address_of(const char *text)
{
	struct tk_addresses a = { NULL, 0, 0 };
	char *addr;

	tk_addresses_parse(&a, text != NULL ? text : "");
	addr = tk_strdup(a.n > 0 ? a.v[0].addr : "");
	tk_addresses_clear(&a);
	return addr;
}

static const char *
word_for(GMimeSignatureStatus s)
{
	if (s & GMIME_SIGNATURE_STATUS_RED)
		return "bad";
	if (s & GMIME_SIGNATURE_STATUS_KEY_MISSING)
		return "unknown key";
	if (s & GMIME_SIGNATURE_STATUS_KEY_REVOKED)
		return "revoked key";
	if (s &
	    (GMIME_SIGNATURE_STATUS_KEY_EXPIRED |
		GMIME_SIGNATURE_STATUS_SIG_EXPIRED))
		return "expired";
	if (s &
	    (GMIME_SIGNATURE_STATUS_SYS_ERROR |
		GMIME_SIGNATURE_STATUS_BAD_POLICY))
		return "not valid";
	if (s & (GMIME_SIGNATURE_STATUS_VALID | GMIME_SIGNATURE_STATUS_GREEN))
		return "good";
	return "good by a key that nobody vouches for";
}

/* "good, pgp, ivan@romashka.example, 1A2B3C4D5E6F7788" */
static void
add_signature(struct tk_str *out, GMimeSignature *sig, const char *kind)
{
	GMimeCertificate *cert = g_mime_signature_get_certificate(sig);
	const char *id = NULL, *mail = NULL;
	char *addr;

	if (cert != NULL) {
		id = g_mime_certificate_get_fingerprint(cert);
		if (id == NULL || *id == '\0')
			id = g_mime_certificate_get_key_id(cert);
		mail = g_mime_certificate_get_email(cert);
		if (mail == NULL)
			mail = g_mime_certificate_get_user_id(cert);
	}
	addr = address_of(mail);
	if (out->len > 0)
		tk_str_add(out, "; ");
	tk_str_addf(
	    out, "%s, %s", word_for(g_mime_signature_get_status(sig)), kind);
	if (*addr != '\0')
		tk_str_addf(out, ", %.254s", addr);
	if (id != NULL && *id != '\0')
		tk_str_addf(out, ", %.64s", id);
	free(addr);
}

static void
set(char **to, struct tk_str *text)
{
	free(*to);
	*to = tk_str_detach(text);
}

/* The reason of a library is one line in the end. */
static void
add_reason(struct tk_str *out, const GError *why)
{
	const char *p = why != NULL ? why->message : "no reason given";
	struct tk_str line = TK_STR_INIT;

	for (; *p != '\0' && line.len < 200; p++)
		tk_str_add_char(&line, (unsigned char)*p < ' ' ? ' ' : *p);
	tk_str_trim(&line);
	tk_str_add(out, line.data);
	tk_str_clear(&line);
}

static void
set_signatures(struct tk_mime *m, GMimeSignatureList *list, const GError *why,
    const char *kind)
{
	struct tk_str s = TK_STR_INIT;
	int i, n = list != NULL ? g_mime_signature_list_length(list) : 0;

	for (i = 0; i < n && i < 3; i++)
		add_signature(
		    &s, g_mime_signature_list_get_signature(list, i), kind);
	if (n == 0) {
		tk_str_addf(&s, "not checked, %s: ", kind);
		add_reason(&s, why);
	}
	set(&m->signature, &s);
}

static const char *
kind_of(GMimeObject *object, const char *protocol)
{
	const char *p =
	    g_mime_object_get_content_type_parameter(object, protocol);

	return p != NULL && tk_starts(p, "application/") &&
		strstr(p, "pkcs7") != NULL
	    ? "smime"
	    : "pgp";
}

static void
check_signed(
    struct tk_mime *m, GMimeObject *top, const struct tk_reading *known)
{
	GMimeSignatureList *list;
	GError *why = NULL;

	m->is_signed = true;
	if (!known->verify)
		return;
	list = g_mime_multipart_signed_verify(
	    GMIME_MULTIPART_SIGNED(top), GMIME_VERIFY_NONE, &why);
	set_signatures(m, list, why, kind_of(top, "protocol"));
	g_clear_error(&why);
	g_clear_object(&list);
}

static GMimeObject *
take_inner(struct tk_mime *m, GMimeObject *top, GMimeObject *inner)
{
	if (inner == NULL)
		return top;
	m->inner = inner;
	return inner;
}

/* Takes over inner and why. */
static GMimeObject *
decrypted(struct tk_mime *m, GMimeObject *top, GMimeObject *inner,
    GMimeDecryptResult *result, GError *why, const char *kind)
{
	GMimeSignatureList *list;
	struct tk_str s = TK_STR_INIT;

	tk_str_addf(&s, "%s, ", kind);
	if (inner != NULL) {
		tk_str_add(&s, "read");
	} else {
		tk_str_add(&s, "not read: ");
		add_reason(&s, why);
	}
	set(&m->encrypted, &s);
	list = result != NULL ? g_mime_decrypt_result_get_signatures(result)
			      : NULL;
	if (list != NULL && g_mime_signature_list_length(list) > 0)
		set_signatures(m, list, NULL, kind);
	g_clear_object(&result);
	g_clear_error(&why);
	return take_inner(m, top, inner);
}

static GMimeObject *
open_encrypted(
    struct tk_mime *m, GMimeObject *top, const struct tk_reading *known)
{
	GMimeDecryptResult *result = NULL;
	GMimeObject *inner;
	GError *why = NULL;

	m->sealed = true;
	m->encrypted = tk_strdup("pgp");
	if (!known->decrypt)
		return top;
	inner =
	    g_mime_multipart_encrypted_decrypt(GMIME_MULTIPART_ENCRYPTED(top),
		GMIME_DECRYPT_NONE, NULL, &result, &why);
	return decrypted(m, top, inner, result, why, "pgp");
}

/* All of the letter in one part: encrypted, or signed with the text inside of
 * the signature. */
static GMimeObject *
open_pkcs7(struct tk_mime *m, GMimeObject *top, const struct tk_reading *known)
{
	GMimeApplicationPkcs7Mime *part = GMIME_APPLICATION_PKCS7_MIME(top);
	GMimeSignatureList *list;
	GMimeDecryptResult *result = NULL;
	GMimeObject *inner = NULL;
	GError *why = NULL;

	m->sealed = true;
	if (g_mime_application_pkcs7_mime_get_smime_type(part) !=
	    GMIME_SECURE_MIME_TYPE_SIGNED_DATA) {
		m->encrypted = tk_strdup("smime");
		if (!known->decrypt)
			return top;
		inner = g_mime_application_pkcs7_mime_decrypt(
		    part, GMIME_DECRYPT_NONE, NULL, &result, &why);
		return decrypted(m, top, inner, result, why, "smime");
	}
	m->is_signed = true;
	if (!known->verify)
		return top;
	list = g_mime_application_pkcs7_mime_verify(
	    part, GMIME_VERIFY_NONE, &inner, &why);
	set_signatures(m, list, why, "smime");
	g_clear_error(&why);
	g_clear_object(&list);
	return take_inner(m, top, inner);
}

void *
tk_crypto_open(struct tk_mime *m, void *top, const struct tk_reading *known)
{
	GMimeObject *object = top;

	if (known->gnupg != NULL)
		setenv("GNUPGHOME", known->gnupg, 1);
	if (GMIME_IS_MULTIPART_ENCRYPTED(object))
		object = open_encrypted(m, object, known);
	else if (GMIME_IS_APPLICATION_PKCS7_MIME(object))
		object = open_pkcs7(m, object, known);
	/* signed and then encrypted */
	if (GMIME_IS_MULTIPART_SIGNED(object))
		check_signed(m, object, known);
	else if (object != top && GMIME_IS_APPLICATION_PKCS7_MIME(object) &&
	    known->verify) {
		GMimeObject *sealed = object;

		m->inner = NULL;
		object = open_pkcs7(m, object, known);
		if (object != sealed)
			g_object_unref(sealed);
		else
			m->inner = sealed;
	}
	return object;
}
