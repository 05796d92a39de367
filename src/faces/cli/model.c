/* The model that a command reads with: the one named by --model, else by DEMARCHE_MODEL, else the one within the program,
** else none.
*/
#include "model.h"
#include "base/io.h"

bool call_model(Call *call, Model **m)
{
    *m = NULL;
    Str named = call_text(call, "model"), shipped = model_shipped(S("en"));
    const char *env = io_env("DEMARCHE_MODEL");
    if (!named.p && env && *env) named = str_of(env);
    if (named.p) *m = model_open(named.p, &call->err);
    else if (shipped.n) *m = model_of(shipped, S("the model within the program"), &call->err);
    else return true;
    return *m != NULL;
}
