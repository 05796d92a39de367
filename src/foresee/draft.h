/* Drafts: a first scenario from what the ledger says people demand, offer, promise and threaten, for an analyst to correct. */
#ifndef DRAFT_H
#define DRAFT_H
#include "base/base.h"
#include "ledger/ledger.h"

/* Writes a scenario into `out`. n: expectations with a holder that were found; 0 leaves a file without actors. */
bool draft_scenario(Ledger *db, Arena *a, const LedgerFilter *f, Buf *out, int32_t *n, Err *e);
#endif
