/**
 * The built-in schedules: one record a shape, each with its formula, its source and what frameworks
 * disagree about. {@link dev.anneal.schedulers.Cosine} is a typical one to begin with; {@link
 * dev.anneal.schedulers.BuiltInSchedules} lists them all. They use nothing that a plugin of a
 * stranger could not use. Compositions of any schedules belong to the contract in the API, and what
 * other frameworks call these shapes to the module for that.
 */
package dev.anneal.schedulers;
