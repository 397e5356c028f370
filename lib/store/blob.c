/* blob - a file's content made ready for a pack. */
#include "store/blob.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "index/words.h"
#include "store/object.h"

struct tk_blob *
tk_blob_new(struct tk_deflater *d, const void *data, size_t len)
{
	struct tk_blob *b = tk_calloc(1, sizeof(*b));
	const void *z = tk_deflate(d, &b->z_len, data, len);
	git_oid id;

	tk_object_id(&id, GIT_OBJECT_BLOB, data, len);
	memcpy(b->id, id.id, sizeof(b->id));
	tk_sha256(b->sha256, data, len);
	b->data = data;
	b->len = len;
	b->z = tk_malloc(b->z_len);
	memcpy(b->z, z, b->z_len);
	return b;
}

void
tk_blob_stem(struct tk_blob *b, struct tk_stemmer *s, const char *text)
{
	struct tk_str stems = TK_STR_INIT;

	tk_words_stem(&stems, s, text);
	free(b->stems);
	b->stems = tk_str_detach(&stems);
}

void
tk_blob_free(struct tk_blob *b)
{
	if (b == NULL)
		return;
	free(b->stems);
	free(b->z);
	free(b);
}
