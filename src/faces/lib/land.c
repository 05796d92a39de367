/* Landing: how a call of the public library ends, whatever happened inside.
**
** Inside, memory never fails: an arena whose budget is spent jumps to its landing. At this border there is exactly one
** such place. The arena belongs to an opened thing (a record, a ledger) and not to a frame of ours, and lib_land
** changes no variable of its own after setjmp, so the jump loses nothing, whatever the optimiser keeps in registers.
**
** Always: no jump leaves the library, and an error that comes out has a code and a sentence.
*/
#include "faces/lib/inside.h"
#include <stdio.h>
#include <string.h>

_Static_assert((int)DM_INTERRUPTED == (int)ERR_INTERRUPTED && (int)DM_LEDGER == (int)ERR_LEDGER, "dm_code is ErrCode");
_Static_assert(sizeof ((dm_error *)0)->text == sizeof ((Err *)0)->text, "a sentence goes over whole");

bool lib_land(Arena *a, bool (*step)(void *with, Err *e), void *with, Err *e)
{
    jmp_buf here;
    a->landing = &here;
    if (setjmp(here)) {
        a->landing = NULL;
        return fail(e, ERR_MEMORY, "takes more memory than it may use, or than the machine has");
    }
    bool ok = step(with, e);
    a->landing = NULL;
    return ok;
}

bool lib_fail(dm_error *why, const Err *e)
{
    if (!why) return false;
    why->code = (dm_code)e->code;
    memcpy(why->text, e->text, sizeof why->text);
    return false;
}

bool lib_refuse(dm_error *why, dm_code code, const char *sentence)
{
    if (!why) return false;
    why->code = code;
    snprintf(why->text, sizeof why->text, "%s", sentence);
    return false;
}

const char *dm_version(void) { return DEMARCHE_VERSION; }
