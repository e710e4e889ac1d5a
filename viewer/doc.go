// Package viewer shows matches. Its subpackages are:
//
//   - session: a match that is being watched, with clock, marks, breakpoints,
//     comparison and forks
//   - thought: what a tree did in a tick, and why
//   - tree: the layout of a tree
//   - tell: events as sentences
//   - paint: text, shapes and small charts on a picture
//   - board: the state of each game
//   - screen: panels, keys and mouse
//   - record: pictures, animations and films in files
//   - live: a server of running matches, and what attaches to them
//   - page: the viewer as a web page
//   - window: the screen in a window; the only package that needs a display
//
// The package itself holds nothing.
package viewer
