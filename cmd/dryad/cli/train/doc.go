// Package train is the family of commands dryad train: networks of neural tasks.
package train
