/* regdoc-relations - position 6: performer and client. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "regulation/regdoc-parts.h"

static const struct {
	const char *key, *text;
} labels[] = {
	{ "acknowledgement.send", N_("Letters are acknowledged") },
	{ "acknowledgement.template", N_("Template of the acknowledgement") },
	{ "acknowledgement.limit",
	    N_("Acknowledgements to one address, at most") },
	{ "acknowledgement.queue_limit",
	    N_("Acknowledgements from one queue, at most") },
	{ "reopen.limit", N_("Letters open one ticket again, at most") },
	{ "reopen.unverified",
	    N_("So does a letter whose sender is not verified") },
	{ "rating.ask", N_("Clients are asked for a rating") },
	{ "rating.template", N_("Template of that letter") },
	{ "rating.scale", N_("The best rating") },
	{ "rating.states", N_("Asked after these states") },
	{ "reopen.window", N_("A letter opens a closed ticket again within") },
	{ "unknown_senders", N_("Letters of strangers") },
	{ "write_to_clients", N_("Who writes to clients") },
	{ "reply_channel", N_("Channel of the answer") },
	{ "complaint.name", N_("Complaints go to") },
	{ "complaint.address", N_("Address for complaints") },
	{ "waiting.remind",
	    N_("A client who does not answer is reminded after") },
	{ "waiting.close",
	    N_("The ticket of a client who does not answer is closed after") },
	{ "close.consent", N_("Closing needs the client's consent") },
	{ "close.silence", N_("Silence that counts as consent") },
	{ "waiting.states", N_("Waited for in the states") },
	{ "waiting.remind_template", N_("Letter that reminds") },
	{ "waiting.close_template", N_("Letter of closing") },
	{ "close.states", N_("Consent is waited for in the states") },
	{ "close.template", N_("Letter of closing") },
	{ "promise.tell", N_("A promised date is written to the client") },
	{ "promise.template", N_("Letter that promises") },
	{ "promise.return", N_("Of a forgotten promise are told") },
	{ "progress.at",
	    N_("A letter that we are working on it, at this part of the time "
	       "to the next news") },
	{ "progress.template", N_("Letter that we are working on it") },
	{ "identification.by", N_("A client is identified by") },
	{ "identification.field", N_("The field that says so") },
	{ "identification.attempts", N_("Attempts at identification") },
	{ "identification.lock", N_("After that it is locked for") },
	{ "refuse_client.by", N_("Who parts with a client") },
	{ "refuse_client.require", N_("Parting with a client needs") },
	{ "offline_window",
	    N_("Work done away from the desk may arrive later by") },
	{ "penalties.class", N_("Class") },
	{ "penalties.type", N_("Type") },
	{ "penalties.priority", N_("Priority") },
	{ "penalties.for", N_("Paid for") },
	{ "penalties.over", N_("Over") },
	{ "penalties.each", N_("For each") },
	{ "penalties.refund", N_("Refund") },
};

static const char *
label_of(const char *above, const char *key)
{
	char *path = tk_strf("%s%s%s", above, above[0] != '\0' ? "." : "", key);
	size_t i;

	for (i = 0; i < TK_COUNT(labels); i++)
		if (strcmp(labels[i].key, path) == 0)
			break;
	free(path);
	return i < TK_COUNT(labels) ? _(labels[i].text) : key;
}

static bool
is_table(const struct tk_yaml *y)
{
	return y->kind == TK_YAML_LIST && y->n > 0 &&
	    y->item[0]->kind == TK_YAML_MAP;
}

/* Of a text in several languages, the document's; else the first. */
static const struct tk_yaml *
in_language(const struct tk_yaml *map, const char *language)
{
	const struct tk_yaml *y = NULL;

	if (language != NULL)
		y = tk_yaml_get(map, language);
	return y != NULL || map->n == 0 ? y : map->item[0];
}

static void
add_facts(struct tk_regdoc *d, const struct tk_yaml *map, const char *above)
{
	struct tk_str value = TK_STR_INIT;
	const struct tk_yaml *y;
	size_t i;

	for (i = 0; i < map->n; i++) {
		y = map->item[i];
		if (strcmp(map->key[i], "text") == 0 || is_table(y))
			continue;
		if (y->kind == TK_YAML_MAP) {
			if (above[0] == '\0') {
				add_facts(d, y, map->key[i]);
				continue;
			}
			y = in_language(y, d->reg->language);
			if (y == NULL)
				continue;
		}
		tk_doc_cell(d->doc, label_of(above, map->key[i]));
		if (strcmp(map->key[i], "write_to_clients") == 0 ||
		    (strcmp(above, "refuse_client") == 0 &&
			strcmp(map->key[i], "by") == 0)) {
			tk_regdoc_cell_roles(d, map, map->key[i]);
			continue;
		}
		if (strcmp(map->key[i], "require") == 0) {
			struct tk_strv words = TK_STRV_INIT;

			tk_yaml_strv(map, "require", &words);
			tk_regdoc_needs(&value, &words);
			tk_strv_clear(&words);
		} else {
			tk_regdoc_value(&value, y);
		}
		tk_regdoc_cell_str(d, &value);
	}
	tk_str_clear(&value);
}

/* Penalties, and whatever else is a list of maps. */
static void
add_table(struct tk_regdoc *d, const char *name, const struct tk_yaml *list)
{
	struct tk_strv keys = TK_STRV_INIT, titles = TK_STRV_INIT;
	struct tk_str value = TK_STR_INIT;
	const struct tk_yaml *e;
	size_t i, k;

	for (i = 0; i < list->n; i++)
		for (k = 0, e = list->item[i];
		     e->kind == TK_YAML_MAP && k < e->n; k++)
			if (!tk_strv_has(&keys, e->key[k]) && keys.n < 12)
				tk_strv_add(&keys, e->key[k]);
	for (k = 0; k < keys.n; k++)
		tk_strv_add(&titles, label_of(name, keys.v[k]));
	tk_doc_table(d->doc, (const char *const *)titles.v, keys.n);
	for (i = 0; i < list->n; i++)
		for (k = 0; k < keys.n; k++) {
			e = list->item[i];
			tk_regdoc_value(&value,
			    e->kind == TK_YAML_MAP ? tk_yaml_get(e, keys.v[k])
				: k == 0           ? e
						   : NULL);
			tk_regdoc_cell_str(d, &value);
		}
	tk_strv_clear(&keys);
	tk_strv_clear(&titles);
	tk_str_clear(&value);
}

void
tk_regdoc_relations(struct tk_regdoc *d)
{
	const struct tk_yaml *y = tk_regfiles_get(d->files, "relations.yaml");
	size_t i;

	if (y == NULL || y->kind != TK_YAML_MAP)
		return;
	tk_doc_prose(d->doc, tk_yaml_str(y, "text"));
	tk_doc_table(d->doc, NULL, 2);
	add_facts(d, y, "");
	for (i = 0; i < y->n; i++)
		if (is_table(y->item[i]))
			add_table(d, y->key[i], y->item[i]);
}
