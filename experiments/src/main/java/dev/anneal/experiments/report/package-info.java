/**
 * Comparisons of runs, and schedules before a run, told to people and to programs: as a page, as a
 * picture, as text, as tables, in words.
 */
package dev.anneal.experiments.report;
