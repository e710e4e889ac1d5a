// Package aiwolf is the family of commands dryad aiwolf: Werewolf with agents
// written by others, over AIWolf's protocol.
package aiwolf
