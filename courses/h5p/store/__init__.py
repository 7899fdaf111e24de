"""The one store of H5P content and libraries, shared by everything that plays them."""
