// Package critic is the family of commands dryad critic: what a vision model's
// ratings of matches are worth.
package critic
