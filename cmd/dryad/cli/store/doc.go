// Package store is the family of commands dryad store: what keeps the databases of
// runs in order.
package store
