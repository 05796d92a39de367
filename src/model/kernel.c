/* Which kernel: the fastest that the processor has, unless somebody names one.
**
** A name is for tests and for comparing speeds; what comes out is the same. Also here: what is made of a kernel's operations and needs no
** vectors of its own.
*/
#include "base/io.h"
#include "model/kernel_inside.h"
#if defined(__x86_64__)
#include <cpuid.h>
#endif

#if defined(__x86_64__)
static bool has_avxvnni(void)                            /* the compilers' __builtin_cpu_supports knows it only lately */
{
    unsigned a, b, c, d;
    return __builtin_cpu_supports("avx2") && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
}
static bool has_vnni(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
}
#endif

int32_t kernel_all(const Kernel *k[KERNEL_KINDS])
{
    int32_t n = 0;
    k[n++] = &kernel_plain;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) k[n++] = &kernel_avx2;
    if (has_avxvnni()) k[n++] = &kernel_avxvnni;
    if (has_vnni()) k[n++] = &kernel_vnni;
    if (has_vnni() && kernel_amx_is_there()) k[n++] = &kernel_amx;
#endif
    return n;
}

const Kernel *kernel_of(Str name, Err *e)
{
    const Kernel *k[KERNEL_KINDS];
    int32_t n = kernel_all(k);
    const bool is_asked = name.n > 0;
    if (!is_asked) name = str_of(io_env("DEMARCHE_KERNEL"));
    if (name.n == 0) return k[n - 1];
    char names[64] = "";
    for (int32_t i = 0; i < n; i++) {
        if (str_eq(name, str_of(k[i]->name))) return k[i];
        if (i) strcat(names, ", ");
        strcat(names, k[i]->name);
    }
    fail(e, ERR_USAGE, "there is no kernel '%.*s'%s; this processor has %s", STR(name), is_asked ? "" : " (DEMARCHE_KERNEL)", names);
    return NULL;
}

int32_t kernel_argmax(const Kernel *k, const float *x, int32_t n)
{
    const float most = k->max(x, n);
    int32_t j = 0;
    while (j < n - 1 && x[j] != most) j++;
    return j;
}

void dense_rows_relu(const Kernel *k, const Dense *m, const uint8_t *rows, ptrdiff_t stride, int32_t n_rows,
                     float slope, float *out, ptrdiff_t out_stride)
{
    enum { AT_ONCE = 32, PANELS_AT_ONCE = 4, WIDE = PANELS_AT_ONCE * KERNEL_LANES };     /* 8 kB of sums: they stay near */
    _Alignas(64) int32_t sums[AT_ONCE * WIDE];
    if (k->begin) k->begin();
    for (int32_t p = 0; p < m->n_panels; p += PANELS_AT_ONCE)
        for (int32_t row = 0; row < n_rows; row += AT_ONCE) {
            const int32_t n_panels = m->n_panels - p < PANELS_AT_ONCE ? m->n_panels - p : PANELS_AT_ONCE;
            const int32_t n = n_rows - row < AT_ONCE ? n_rows - row : AT_ONCE, from = p * KERNEL_LANES;
            const int32_t wide = n_panels * KERNEL_LANES, n_out = m->n_out - from < wide ? m->n_out - from : wide;
            k->product(m, p, n_panels, rows + row * stride, stride, n, sums);
            k->outputs(sums, wide, m->scale + from, m->bias + from, slope, n_out, n, out + row * out_stride + from, out_stride);
        }
}

void dense_rows(const Kernel *k, const Dense *m, const uint8_t *rows, ptrdiff_t stride, int32_t n_rows, float *out,
                ptrdiff_t out_stride)
{
    dense_rows_relu(k, m, rows, stride, n_rows, 1, out, out_stride);
}
