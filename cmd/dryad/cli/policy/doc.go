// Package policy is the family of commands dryad policy: write, check, draw and
// change policies.
package policy
