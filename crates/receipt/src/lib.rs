//! Official forms as PDF/A-2b (printpdf), their preview picture (hayro), and the printer (IPP).
