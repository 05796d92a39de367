/* The model that a command reads with: the one named by --model, else the one within the program, else none. */
#include "model.h"

bool call_model(Call *call, Model **m)
{
    *m = NULL;
    Str named = call_text(call, "model"), shipped = model_shipped(S("en"));
    if (named.p) *m = model_open(named.p, &call->err);
    else if (shipped.n) *m = model_of(shipped, S("the model within the program"), &call->err);
    else return true;
    return *m != NULL;
}
