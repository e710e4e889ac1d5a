// Package paint draws text, shapes and small charts on a picture, without a
// window.
//
//	c := paint.New(1280, 720, 1)
//	c.Panel(c.Bounds())
//	c.Text(12, 24, 300, "seat 0", paint.Title, paint.Ink)
//	c.Status(20, 40, 6, bt.Running)
//
// Sizes are in pixels of a scale of 1; a canvas with a scale of 2 draws
// everything twice as large, for dense displays. Colours are told apart by
// people who do not tell red from green, and a status has a shape as well.
//
// Letters are those of the Go fonts (Latin, Greek, Cyrillic), and of a bitmap font
// for other scripts: Chinese, Japanese, Korean, Arabic, Hebrew, Armenian, Georgian
// and more. Arabic and Hebrew stand from right to left. Scripts whose letters are
// formed by their neighbours in other ways, those of India, Tibet and
// Thailand among them, have none; a box stands for a letter that no font has.
package paint
