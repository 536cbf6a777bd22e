/**
 * What may be chosen: the notation of values that are not fixed yet, such as {@code log(1e-3, 1)},
 * within the texts of options; and points that fill the space of all of them evenly, each of which
 * gives every option a text.
 */
package dev.anneal.search.space;
