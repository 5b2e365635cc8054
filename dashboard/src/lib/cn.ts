import {clsx, type ClassValue} from "clsx"
import {twMerge} from "tailwind-merge"

/** Class names; a later one wins over an earlier one of the same kind. */
export const cn = (...names: ClassValue[]): string => twMerge(clsx(names))
