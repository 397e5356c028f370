/* regdoc - the regulation as a document that people read. */
#include "regulation/regdoc.h"

#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/regdoc-parts.h"
#include "view/term.h"

#define PAPER 80 /* columns where there is no terminal */

void
tk_regdoc_join(struct tk_str *out, const char *word)
{
	tk_str_addf(out, "%s%s", out->len > 0 ? ", " : "", word);
}

void
tk_regdoc_list(struct tk_str *out, const struct tk_strv *words)
{
	size_t i;

	for (i = 0; i < words->n; i++)
		tk_regdoc_join(out, words->v[i]);
}

/* Every role there is: a long list that says little. */
static bool
is_whole_staff(const struct tk_regdoc *d, const struct tk_strv *roles)
{
	size_t i;

	for (i = 0; i < d->reg->n_roles; i++)
		if (!tk_strv_has(roles, d->reg->role[i].id))
			return false;
	return d->reg->n_roles > 2;
}

void
tk_regdoc_roles(
    struct tk_str *out, const struct tk_regdoc *d, const struct tk_strv *roles)
{
	bool whole = is_whole_staff(d, roles), said = false;
	const struct tk_role *role;
	const char *id;
	size_t i;

	if (roles->n == 0)
		tk_regdoc_join(out, _("everybody"));
	for (i = 0; i < roles->n; i++) {
		id = roles->v[i];
		role = tk_role_find(d->reg, id);
		if (whole && role != NULL && said)
			continue;
		said = said || role != NULL;
		if ((whole && role != NULL) || strcmp(id, "all") == 0)
			id = _("all staff");
		else if (strcmp(id, "client") == 0)
			id = _("the client");
		else if (strcmp(id, "tk") == 0)
			id = _("the program");
		else if (role != NULL && role->name != NULL)
			id = role->name;
		tk_regdoc_join(out, id);
	}
}

void
tk_regdoc_queues(
    struct tk_str *out, const struct tk_regdoc *d, const struct tk_strv *queues)
{
	const struct tk_queue *q;
	size_t i;

	for (i = 0; i < queues->n; i++) {
		q = tk_queue_find(d->reg, queues->v[i]);
		if (q != NULL)
			tk_regdoc_join(out, q->name);
		else if (strcmp(queues->v[i], "all") == 0)
			tk_regdoc_join(out, _("all"));
		else
			tk_regdoc_join(out, queues->v[i]);
	}
}

void
tk_regdoc_needs(struct tk_str *out, const struct tk_strv *words)
{
	static const struct {
		const char *word, *text;
	} known[] = {
		{ "comment", N_("comment") },
		{ "positive-close",
		    N_("no ticket open, the last one closed with a good "
		       "end") },
		{ "reply", N_("answer to the client") },
		{ "reply-now", N_("answer to the client with this step") },
		{ "checklist", N_("checklist done") },
		{ "time", N_("time spent") },
		{ "evidence", N_("evidence of the category") },
		{ "resolution", N_("resolution") },
		{ "cause", N_("cause") },
		{ "category", N_("category") },
		{ "assignee", N_("assignee") },
		{ "client", N_("client") },
		{ "priority", N_("priority") },
	};
	size_t i, k;

	for (i = 0; i < words->n; i++) {
		for (k = 0; k < TK_COUNT(known); k++)
			if (strcmp(known[k].word, words->v[i]) == 0)
				break;
		tk_regdoc_join(
		    out, k < TK_COUNT(known) ? _(known[k].text) : words->v[i]);
	}
}

void
tk_regdoc_value(struct tk_str *out, const struct tk_yaml *y)
{
	struct tk_str flow = TK_STR_INIT;
	size_t i;

	if (tk_yaml_is_null(y))
		return;
	if (y->kind == TK_YAML_SCALAR) {
		if (y->plain && strcmp(y->text, "true") == 0)
			tk_regdoc_join(out, _("yes"));
		else if (y->plain && strcmp(y->text, "false") == 0)
			tk_regdoc_join(out, _("no"));
		else
			tk_regdoc_join(out, y->text);
	} else if (y->kind == TK_YAML_LIST) {
		for (i = 0; i < y->n; i++)
			tk_regdoc_value(out, y->item[i]);
	} else {
		tk_yaml_write_flow(&flow, y);
		tk_regdoc_join(out, flow.data);
		tk_str_clear(&flow);
	}
}

const struct tk_process *
tk_regdoc_process(const struct tk_regdoc *d, size_t n)
{
	const struct tk_regulation *r = d->reg;
	const struct tk_process *p;
	size_t i;

	for (i = 0; i < r->types.n; i++)
		if ((p = tk_process_find(r, r->types.v[i])) != NULL && n-- == 0)
			return p;
	for (i = 0; i < r->n_processes; i++)
		if (!tk_strv_has(&r->types, r->process[i].id) && n-- == 0)
			return &r->process[i];
	return NULL;
}

void
tk_regdoc_cell_str(struct tk_regdoc *d, struct tk_str *text)
{
	tk_doc_cell(d->doc, text->data);
	tk_str_reset(text);
}

void
tk_regdoc_cell_roles(
    struct tk_regdoc *d, const struct tk_yaml *y, const char *key)
{
	struct tk_strv roles = TK_STRV_INIT;
	struct tk_str text = TK_STR_INIT;

	tk_yaml_strv(y, key, &roles);
	if (roles.n > 0)
		tk_regdoc_roles(&text, d, &roles);
	tk_regdoc_cell_str(d, &text);
	tk_strv_clear(&roles);
	tk_str_clear(&text);
}

void
tk_regdoc_cell_name(struct tk_regdoc *d, const char *id, const char *name)
{
	struct tk_str text = TK_STR_INIT;

	if (id == NULL)
		id = "";
	if (name == NULL || strcmp(id, name) == 0)
		tk_str_add(&text, id);
	else
		tk_str_addf(&text, "%s (%s)", name, id);
	tk_regdoc_cell_str(d, &text);
	tk_str_clear(&text);
}

/* Which version, since when, who must have read it. */
static void
add_title(struct tk_regdoc *d)
{
	const struct tk_yaml *y = tk_regfiles_get(d->files, "regulation.yaml");
	const struct tk_yaml *ack = tk_yaml_get(y, "acknowledge");

	tk_doc_table(d->doc, NULL, 2);
	tk_doc_cell(d->doc, _("Version"));
	tk_doc_cell(d->doc, tk_yaml_str(y, "version"));
	if (tk_yaml_str(y, "since") != NULL) {
		tk_doc_cell(d->doc, _("In force since"));
		tk_doc_cell(d->doc, tk_yaml_str(y, "since"));
	}
	if (d->reg->ack_roles.n > 0) {
		tk_doc_cell(d->doc, _("To be read and acknowledged by"));
		tk_regdoc_cell_roles(d, ack, "roles");
	}
	if (tk_yaml_str(ack, "grace") != NULL) {
		tk_doc_cell(d->doc, _("Time for it"));
		tk_doc_cell(d->doc, tk_yaml_str(ack, "grace"));
	}
}

static void
add_purpose(struct tk_regdoc *d)
{
	tk_doc_prose(d->doc,
	    tk_yaml_str(tk_regfiles_get(d->files, "regulation.yaml"), "text"));
}

struct tk_doc *
tk_regdoc_new(const struct tk_regfiles *f, const struct tk_regulation *r)
{
	static const struct {
		const char *title;
		void (*add)(struct tk_regdoc *d);
	} positions[] = {
		{ N_("Purpose"), add_purpose },
		{ N_("Processes"), tk_regdoc_processes },
		{ N_("Performers"), tk_regdoc_performers },
		{ N_("Results"), tk_regdoc_results },
		{ N_("Works and terms"), tk_regdoc_terms },
		{ N_("Performer and client"), tk_regdoc_relations },
		{ N_("Departments"), tk_regdoc_departments },
		{ N_("Roles"), tk_regdoc_people },
		{ N_("Handling of tickets"), tk_regdoc_handling },
	};
	struct tk_regdoc d = { .files = f, .reg = r };
	size_t i;

	d.doc = tk_doc_new(
	    r->title != NULL ? r->title : _("Regulation"), r->language);
	add_title(&d);
	for (i = 0; i < TK_COUNT(positions); i++) {
		tk_doc_heading(d.doc, 1, _(positions[i].title));
		positions[i].add(&d);
	}
	return d.doc;
}

enum tk_status
tk_regdoc_write(struct tk_str *out, struct tk_store *s, const char *where,
    enum tk_regdoc_form form, struct tk_err *err)
{
	struct tk_regfiles files = TK_REGFILES_INIT;
	struct tk_regulation *reg = NULL;
	struct tk_doc *doc = NULL;
	size_t width = tk_term_width();
	enum tk_status st;

	if ((st = tk_regfiles_open(&files, s, where, err)) == TK_OK &&
	    (st = tk_regfiles_model(&reg, &files, err)) == TK_OK) {
		/* The document speaks one language. */
		tk_i18n_language(reg->language);
		doc = tk_regdoc_new(&files, reg);
		if (form == TK_REGDOC_HTML)
			tk_doc_html(out, doc);
		else if (form == TK_REGDOC_MARKDOWN)
			tk_doc_markdown(out, doc);
		else
			tk_doc_text(out, doc, width > 0 ? width : PAPER,
			    tk_term_has_colour());
	}
	tk_doc_free(doc);
	tk_regulation_free(reg);
	tk_regfiles_clear(&files);
	return st;
}
