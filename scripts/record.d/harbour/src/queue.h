#include <stddef.h>

struct ship {
    struct ship *next;
    unsigned draught;
    int distress;
};
