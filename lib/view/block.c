/* block - the text of a letter, as a block that cannot be taken for ours. */
#include "view/block.h"

#include <string.h>

#include "base/i18n.h"
#include "base/utf8.h"

#define MIN_WRAP 20 /* columns; less cannot be read */
#define KEEP 4      /* a quote of so many lines is not folded */

size_t
tk_block_lines(const char *text)
{
	size_t n = 0;

	while (*text != '\0') {
		n++;
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	return n;
}

void
tk_block_folded(struct tk_str *out, const char *prefix, size_t lines)
{
	tk_str_add(out, prefix);
	tk_str_addf(out,
	    ngettext("[... %zu folded line: tk show -v]",
		"[... %zu folded lines: tk show -v]", (unsigned long)lines),
	    lines);
	tk_str_add_char(out, '\n');
}

/* The prefix, the line without blanks at its end, a newline. */
static void
put_line(struct tk_str *out, const char *prefix, const char *line, size_t n)
{
	size_t start = out->len;

	tk_str_add(out, prefix);
	tk_str_add_data(out, line, n);
	while (out->len > start && out->data[out->len - 1] == ' ')
		tk_str_cut(out, out->len - 1);
	tk_str_add_char(out, '\n');
}

/* The length of the first part of line that is at most width wide, up to a
 * blank; a word that is too long stays whole. */
static size_t
part_of(const char *line, size_t width, struct tk_str *word)
{
	size_t n = 0, used = 0, len, blank = 0;

	while (line[n] != '\0') {
		len = strcspn(line + n + blank, " ") + blank;
		tk_str_reset(word);
		tk_str_add_data(word, line + n, len);
		used += tk_utf8_width(word->data);
		if (n > 0 && used > width)
			break;
		n += len;
		blank = line[n] == ' ';
	}
	return n;
}

static void
put_wrapped(
    struct tk_str *out, const char *prefix, const char *line, size_t width)
{
	struct tk_str word = TK_STR_INIT;
	size_t n;

	do {
		n = part_of(line, width, &word);
		put_line(out, prefix, line, n);
		line += n;
		line += *line == ' ';
	} while (*line != '\0');
	tk_str_clear(&word);
}

static bool
may_wrap(const char *line, size_t width)
{
	return width >= MIN_WRAP && line[0] != '>' &&
	    strchr(line, '\t') == NULL && strstr(line, "  ") == NULL &&
	    tk_utf8_width(line) > width;
}

/* How many lines from text on begin with ">"; *end is after them. */
static size_t
quote_run(const char *text, const char **end)
{
	size_t n = 0;

	for (; *text == '>'; n++) {
		text += strcspn(text, "\n");
		text += *text == '\n';
	}
	*end = text;
	return n;
}

void
tk_block_text(struct tk_str *out, const char *text, const char *prefix,
    size_t width, bool fold)
{
	struct tk_str safe = TK_STR_INIT, line = TK_STR_INIT;
	size_t taken = tk_utf8_width(prefix), n;
	const char *p, *end;

	tk_utf8_safe(&safe, text, true);
	while (safe.len > 0 && strchr(" \t\n", safe.data[safe.len - 1]) != NULL)
		tk_str_cut(&safe, safe.len - 1);
	width = width > taken ? width - taken : 0;
	for (p = safe.data; *p != '\0'; p = end + (*end == '\n')) {
		n = fold ? quote_run(p, &end) : 0;
		if (n > KEEP) {
			tk_block_folded(out, prefix, n);
			if (*end == '\0')
				break;
			p = end;
		}
		end = p + strcspn(p, "\n");
		tk_str_reset(&line);
		tk_str_add_data(&line, p, (size_t)(end - p));
		if (may_wrap(line.data, width))
			put_wrapped(out, prefix, line.data, width);
		else
			put_line(out, prefix, line.data, line.len);
	}
	tk_str_clear(&safe);
	tk_str_clear(&line);
}
