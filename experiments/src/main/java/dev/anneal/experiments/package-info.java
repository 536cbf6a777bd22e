/** What an experiment produced: runs, their epochs, and the comparison that they belong to. */
package dev.anneal.experiments;
