/* Inside model: what tests of the container need, and nobody else. */
#ifndef MODEL_INSIDE_H
#define MODEL_INSIDE_H
#include "model/model.h"

/* Makes head and checksum agree with the bytes behind them (at least 64); the number of sections is left as it is. */
void model_seal(Buf *file);
#endif
