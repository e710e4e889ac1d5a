// Package gamefile opens games that dryad does not carry, by the name under which
// a person gives them on a command line:
//
//	./mygame                 a folder with game.lua, a game in Lua
//	remote:COMMAND           a command line whose process holds the game
//	remote:tcp:HOST:PORT     a socket to it; also remote:unix:PATH
//
//	game, err := gamefile.Open("remote:./my-game --level 3")
//
// Package catalog calls it for names of these forms, so that every command takes
// them where it takes the name of a game.
package gamefile
