# Reads every variable of a result file with hdf5r and with ncdf4, and every column of its export with read.csv, and
# writes what it saw as lines of text: values <tab> where <tab> each value; attribute <tab> where <tab> name <tab> value.
# usage: Rscript readers_ci.R RESULT.h5 EXPORT FOLDER
arguments <- commandArgs(trailingOnly = TRUE)
result <- arguments[1]
export <- arguments[2]
folder <- arguments[3]
wanted <- c("units", "long_name", "comment", "symbol", "flag_meanings", "valid_min", "valid_max")

as_text <- function(values) {
    values <- as.vector(values)
    if (is.character(values)) values else sprintf("%.17g", as.double(values))
}
say <- function(out, ...) writeLines(paste(..., sep = "\t"), out, useBytes = TRUE)
say_values <- function(out, where, values) say(out, "values", where, paste(as_text(values), collapse = "\t"))

with_hdf5r <- function(out) {
    file <- hdf5r::H5File$new(result, mode = "r")
    for (group in setdiff(names(file), "provenance")) for (name in names(file[[group]])) {
        where <- paste0("/", group, "/", name)
        dataset <- file[[where]]
        say_values(out, where, if (prod(dataset$dims) == 0) numeric(0) else dataset$read())
        for (attribute in intersect(hdf5r::h5attr_names(dataset), wanted))
            say(out, "attribute", where, attribute, as_text(hdf5r::h5attr(dataset, attribute)))
    }
    file$close_all()
}

with_ncdf4 <- function(out) {
    file <- ncdf4::nc_open(result)
    names <- c(names(file$var), names(file$dim))
    for (name in names[!startsWith(names, "provenance/")]) {
        where <- paste0("/", name)
        is_empty <- name %in% names(file$var) && prod(file$var[[name]]$varsize) == 0 ||
            name %in% names(file$dim) && file$dim[[name]]$len == 0
        say_values(out, where, if (is_empty) numeric(0) else ncdf4::ncvar_get(file, name))
        for (attribute in wanted) {
            found <- ncdf4::ncatt_get(file, name, attribute)
            if (found$hasatt) say(out, "attribute", where, attribute, as_text(found$value))
        }
    }
    ncdf4::nc_close(file)
}

with_read_csv <- function(out) for (path in list.files(export, pattern = "[.]csv$", full.names = TRUE)) {
    table <- read.csv(path, na.strings = "", colClasses = "character", check.names = FALSE, encoding = "UTF-8")
    numbers <- read.csv(path, na.strings = "", encoding = "UTF-8")
    stopifnot(identical(names(table), names(numbers)))  # no name had to be mended
    for (column in names(table)) {
        values <- if (is.numeric(numbers[[column]])) numbers[[column]] else table[[column]]
        values[is.na(values)] <- if (is.numeric(values)) NaN else ""
        say_values(out, paste0(sub("[.]csv$", "", basename(path)), ".", column), gsub("[\t\n]", " ", as_text(values)))
    }
}

for (reader in c("hdf5r", "ncdf4", "read_csv")) {
    out <- file(file.path(folder, paste0(reader, ".txt")), "w", encoding = "native.enc")
    get(paste0("with_", reader))(out)
    close(out)
}
