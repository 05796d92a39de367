/* Model: files of trained weights, and the scoring that they are for.
**
** A model file is sections under names, each found at once where the file is mapped. Nothing of it is believed before it is
** checked: length, version and checksum when it is opened, each section's own bounds when it is taken into use. So a file
** that was cut, flipped or made for another version is refused with a sentence, and never read beyond its end.
**
** Always: a Model does not change after it is opened; any number of threads may read it. Views of its sections live as
** long as it does.
*/
#ifndef MODEL_H
#define MODEL_H
#include "base/base.h"

/* ---- files (file.c) --------------------------------------------------------------------------------------- */
typedef struct Model Model;
Model *model_open(const char *path, Err *e);             /* mapped; NULL with a sentence that names the file and the remedy */
Model *model_of(Str bytes, Str name, Err *e);            /* the same for bytes that stay, from a multiple of 64 on; name: for messages */
void model_close(Model *m);                              /* fine with NULL */
Str model_name(const Model *m);
int64_t model_size(const Model *m);                      /* bytes of the whole file */
Str model_section(const Model *m, Str name);             /* empty where there is none; begins at a multiple of 64 bytes */
Str model_provenance(const Model *m);                    /* JSON: "language", sets, licences, hashes, seed, scores; made by the trainer */

typedef struct { Str name, bytes; } ModelSection;        /* names of at most 23 bytes */
typedef SLICE(ModelSection) ModelSections;
void model_write(const ModelSections *sections, Buf *out);               /* the file that model_of reads */

/* The model that is part of the program ("en", "statements.en"); empty where the program was built without one. */
Str model_shipped(Str lang);

/* ---- reading a section piece by piece, never beyond its end (file.c) ---------------------------------------- */
typedef struct { Str section; ptrdiff_t at; bool is_short; } ModelReader;   /* is_short: asked for more than there was; stays true */
uint32_t model_u32(ModelReader *r);                      /* little-endian; 0 where short */
Str model_bytes(ModelReader *r, uint64_t n, int align);  /* n bytes behind padding to a multiple of `align` (1 … 64) of the section */
Str model_text(ModelReader *r);                          /* a u32 length, and that many bytes */
void model_put_u32(Buf *b, uint32_t v);
void model_put_bytes(Buf *b, Str bytes, int align);      /* zeros to `align`, then the bytes */
void model_put_text(Buf *b, Str s);

/* ---- linear scores (linear.c) ----------------------------------------------------------------------------- */
/* Features to weights of classes. A feature is a 64-bit hash (model_feature); a table holds only the rows that pruning
** left, quantized to 8 bits with a shift of their own, so that scores are sums of integers: the same on every machine.
** Narrow tables (at most LINEAR_NARROW classes) keep each row beside its key: one cache line a feature. */
enum { LINEAR_NARROW = 5, LINEAR_CLASSES = 256 };
typedef struct {
    int32_t n_classes;
    uint32_t n_buckets;
    const uint8_t *buckets;                              /* of 64 bytes; linear.c says what is in them */
    Str rows;                                            /* wide tables: pairs of class and weight */
    float scale;                                         /* a score of the trainer's is about an integer score × scale */
} Linear;
bool linear_of(Str section, Linear *l, Err *e);          /* checks every bound that linear_add relies on */
void linear_add(const Linear *l, const uint64_t *features, int32_t n, int32_t *scores);  /* scores[n_classes] += … */

/* The trainer's side. rows: n × n_classes weights; a row of zeros is left out; what rounds to zero is dropped. */
void linear_write(const uint64_t *keys, const float *rows, int32_t n, int32_t n_classes, Buf *out);

/* ---- bags: a hidden layer over sparse features (bag.c) ------------------------------------------------------ */
/* Each feature has a row of small integers; the rows of all features of a thing are summed. The first number of the sum is
** a linear score; the others pass a hidden layer of their task. So what is shared by many candidates is summed once. */
enum { BAG_WIDTH = 16, BAG_TASKS = 16 };
typedef struct { int16_t v[BAG_WIDTH]; } BagSum;         /* of features; sums of sums are capped, never wrapped */
typedef struct { float bias[BAG_WIDTH], out[BAG_WIDTH]; } BagTask;   /* [0]: of the linear score; out[0] is 1 */
typedef struct {
    uint32_t n_buckets;
    const uint8_t *buckets;
    float scale[2];                                      /* of the linear weight, of the others */
    int32_t n_tasks;
    BagTask task[BAG_TASKS];
} Bag;
bool bag_of(Str section, Bag *b, Err *e);                /* checks every bound */
void bag_add(const Bag *b, const uint64_t *features, int32_t n, BagSum *sum);
void bag_join(BagSum *sum, const BagSum *other);
float bag_score(const Bag *b, int32_t task, const BagSum *sum);
/* The trainer's side. rows: n × BAG_WIDTH weights. */
void bag_write(const uint64_t *keys, const float *rows, int32_t n, const BagTask *tasks, int32_t n_tasks, Buf *out);

/* One feature: its template's number, mixed with what the template asks (hashes or small numbers). */
static inline uint64_t model_mix(uint64_t a, uint64_t b)
{
    __uint128_t m = (__uint128_t)(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xD6E8FEB86659FD93u);
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}
static inline uint64_t model_feature(uint32_t template, uint64_t a) { return model_mix(a, template * 0xA24BAED4963EE407u); }
#endif
