/**
 * Trials of points of a search space, most of which are stopped early. What goes on is decided in
 * rounds, by what was measured alone and never by who was there first, so that a search that was
 * killed comes to the same end.
 */
package dev.anneal.search;
