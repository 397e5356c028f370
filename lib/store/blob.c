/* blob - a file's content made ready for a pack. */
#include "store/blob.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "index/words.h"
#include "store/loose-write.h"
#include "store/object.h"

struct tk_blob *
tk_blob_new(struct tk_deflater *d, const void *data, size_t len,
    const char *sha256)
{
	struct tk_blob *b = tk_calloc(1, sizeof(*b));
	const void *z;
	git_oid id;

	tk_object_id(&id, GIT_OBJECT_BLOB, data, len);
	memcpy(b->id, id.id, sizeof(b->id));
	memcpy(b->sha256, sha256, sizeof(b->sha256));
	b->data = data;
	b->len = len;
	if (d != NULL && len < TK_LOOSE_LARGE) {
		z = tk_deflate(d, &b->z_len, data, len);
		b->z = tk_malloc(b->z_len);
		memcpy(b->z, z, b->z_len);
	}
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
