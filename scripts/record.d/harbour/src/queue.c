#include <stdlib.h>
#include "queue.h"

/* Ships wait in the order they came; a ship in distress goes first. */
struct queue {
    struct ship *first;
    struct ship *last;
    size_t length;
};

void queue_add(struct queue *queue, struct ship *ship)
{
    ship->next = NULL;
    if (queue->length++ == 0) {
        queue->first = ship;
    } else if (ship->distress) {
        ship->next = queue->first;
        queue->first = ship;
        return;
    } else {
        queue->last->next = ship;
    }
    queue->last = ship;
}

struct ship *queue_take(struct queue *queue, unsigned depth)
{
    for (struct ship **at = &queue->first; *at; at = &(*at)->next) {
        if ((*at)->draught <= depth) {
            return queue_unlink(queue, at);
        }
    }
    return NULL;
}
