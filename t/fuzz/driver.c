/*
 * driver - runs a fuzz target on files, without a fuzzer.
 *
 * Every operand is a file or a folder of files; each is given to the target
 * once, in memory of exactly its size, so that ASan sees a read past its end.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_INPUT (16 << 20) /* bytes */

static enum tk_status
run(const char *path, size_t *n, struct tk_err *err)
{
	struct tk_strv names = TK_STRV_INIT;
	struct tk_str s = TK_STR_INIT;
	enum tk_status st = TK_OK;
	uint8_t *exact;
	char *file;
	size_t i;

	if (tk_is_dir(path)) {
		st = tk_dir_list(&names, path, err);
		for (i = 0; st == TK_OK && i < names.n; i++) {
			file = tk_strf("%s/%s", path, names.v[i]);
			st = run(file, n, err);
			free(file);
		}
	} else if ((st = tk_file_read(&s, path, MAX_INPUT, err)) == TK_OK) {
		printf("%s: %zu bytes\n", path, s.len);
		fflush(stdout); /* a crash shows which file it was */
		exact = tk_malloc(s.len);
		memcpy(exact, s.data, s.len);
		(void)LLVMFuzzerTestOneInput(exact, s.len);
		free(exact);
		(*n)++;
	}
	tk_str_clear(&s);
	tk_strv_clear(&names);
	return st;
}

int
main(int argc, char **argv)
{
	struct tk_err err = TK_ERR_INIT;
	size_t n = 0;
	int i;

	for (i = 1; i < argc; i++)
		if (run(argv[i], &n, &err) != TK_OK) {
			fprintf(stderr, "%s: %s\n", argv[0], err.text);
			return 1;
		}
	printf("%zu inputs\n", n);
	return n == 0;
}
