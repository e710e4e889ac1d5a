// Package xdisplay gives a test a display of its own, by Xvfb.
//
//	name, frames := xdisplay.Start(t)
//	command.Env = append(os.Environ(), "DISPLAY="+name, "LIBGL_ALWAYS_SOFTWARE=1")
//	picture := frames()
//
// It is for tests only: a program without a display writes pictures by package
// viewer/record.
package xdisplay
