/* Models on the command line: what `read` and `add` read with, and what `doctor` shows of it. */
#ifndef CLI_MODEL_H
#define CLI_MODEL_H
#include "cli.h"
#include "language/language.h"

#define OPTION_MODEL \
    {0, "model", TAKES_FILE, "FILE", "the model file for tags, trees and names; else $DEMARCHE_MODEL, else the one within"}

/* The model asked for; *m NULL where the program was built without one and none was named. False with call->err. */
bool call_model(Call *call, Model **m);
#endif
