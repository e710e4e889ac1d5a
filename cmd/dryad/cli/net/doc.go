// Package net is the family of commands dryad net: files of small networks.
package net
