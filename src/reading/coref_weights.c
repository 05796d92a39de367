/* Weights: the scores of the options, from models/coref.en.
**
** The file is text, so that it can be compared: lines that begin with # say where it comes from; "scale N": so many are one in log-odds; then
** lines "~ ", each with the weights of 32 features, three characters each ('0' to 'o' is six bits; the lowest first; 2^17 is zero). The score of an
** option is the sum of the weights of its features: whole numbers, so the same on every machine. The option with the highest score is taken, of
** equals the first; how sure that is follows from all scores (a softmax). A file of another size is a mistake of the build: the program says so and stops.
**
** Cost: FEATURES looks into 128 KiB an option.
*/
#include "reading/coref.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

extern const char coref_en[];                  /* models/coref.en, embedded */
extern const int coref_en_n;
enum { N_WEIGHTS = 1 << WEIGHT_BITS, ZERO = 1 << 17 };
static int32_t weights[N_WEIGHTS];
static double scale = 1;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void read_weights(void)
{
    Str rest = {coref_en, coref_en_n}, line;
    int32_t n = 0;
    while (str_split(&rest, '\n', &line)) {
        if (str_starts(line, S("scale "))) scale = atof(line.p + 6);
        if (!str_starts(line, S("~ "))) continue;
        for (ptrdiff_t i = 2; i + 2 < line.n && n < N_WEIGHTS; i += 3, n++)
            weights[n] = ((line.p[i] - '0') | (line.p[i + 1] - '0') << 6 | (line.p[i + 2] - '0') << 12) - ZERO;
    }
    if (n == N_WEIGHTS && scale > 0) return;
    fprintf(stderr, "models/coref.en does not fit this program (%d weights); make it with 'make train-coref'\n", n);
    abort();
}

int32_t coref_by_weights(void *with, const Coref *c, int32_t i, const Options *o, double *p)
{
    (void)with, (void)c, (void)i;
    pthread_once(&once, read_weights);
    int64_t score[RECENT + 4];
    int32_t best = 0;
    for (int32_t k = 0; k < o->n; k++) {
        score[k] = 0;
        for (int32_t f = 0; f < o->v[k].n; f++) score[k] += weights[o->v[k].v[f]];
        if (score[k] > score[best]) best = k;
    }
    double sum = 0;
    for (int32_t k = 0; k < o->n; k++) sum += exp((double)(score[k] - score[best]) / scale);
    *p = floor(1000 / sum + 0.5) / 1000;
    return best;
}
