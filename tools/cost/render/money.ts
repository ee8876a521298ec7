/** Amounts as people read them. */

const FORMAT = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `$1,234.50`; with `signed`, `+$3.00` or `−$3.00` as a difference is written. */
export function usd(amount: number, { signed = false }: { readonly signed?: boolean } = {}): string {
    const text = `$${FORMAT.format(Math.abs(amount))}`;
    const nothing = /^\$[0.]+$/.test(text);
    if (amount < 0 && !nothing) {
        return `−${text}`;
    }
    return signed && !nothing ? `+${text}` : text;
}

/** An amount, as far as there are prices: nothing that has none costs nothing. */
export function priced(amount: number, unpriced: number): string {
    return amount === 0 && unpriced > 0 ? "no price" : usd(amount);
}

/** A number of units, with as many digits as matter. */
export function quantity(amount: number): string {
    return new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 }).format(amount);
}

/** A price of one unit, to its last digit: `$0.0000133334`. */
export function unitPrice(price: number): string {
    return `$${new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6, maximumFractionDigits: 12 }).format(price)}`;
}
