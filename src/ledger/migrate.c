/* Migrations: how a ledger of an older version becomes one of this version.
**
** One row for each step, from a version to the next. All steps that a file needs run in one transaction: a power cut in
** the middle leaves the old file. After the last step the schema is compared with schema.sql to the letter (schema.c), so
** a step that forgets something is found by the first test that runs it.
**
** To add one: raise LEDGER_VERSION and user_version in schema.sql, put a row here, and keep a small file of the old version
** in test/ledger/.
*/
#include "ledger/inside.h"
#include <stdio.h>

typedef struct { const char *what; bool (*run)(Ledger *db, Err *e); } Step;

/* Version 0 was the draft before the first release: it had neither corrections, nor variants, nor the views on them. */
static bool from_draft(Ledger *db, Err *e)
{
    return ledger_schema_complete(db, e);
}

/* Version 1 had mentions without a probability. Only the view tells of it: the fourth member of a mention may be missing. */
static bool to_probabilities(Ledger *db, Err *e)
{
    return ledger_sql(db, "DROP VIEW IF EXISTS mention", e) && ledger_schema_complete(db, e);
}

static const Step steps[LEDGER_VERSION] = {
    [0] = {"corrections and variants", from_draft},
    [1] = {"probabilities of mentions", to_probabilities},
};

bool ledger_migrate(Ledger *db, int32_t from, Err *e)
{
    if (from < 0) return fail(e, ERR_LEDGER, "its version is %d, which never was; restore it from a copy", from);
    for (int32_t v = from; v < LEDGER_VERSION; v++)
        if (!steps[v].run(db, e)) return err_while(e, "step %d (%s)", v + 1, steps[v].what);
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", LEDGER_VERSION);
    return ledger_sql(db, sql, e);
}
