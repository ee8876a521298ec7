/**
 * Reads price list files of AWS. Source: AWS Billing user guide, "Reading the service price list file for an AWS
 * service": the first five rows are about the file, the sixth names the columns, and each of the others is one tier of one
 * price. All fields are in quotation marks.
 */

/** A row of a price list: its fields by the names of their columns. */
export type OfferRow = ReadonlyMap<string, string>;

/** What a price list says of itself. */
export interface OfferFile {
    /** AWS's code of the service. */
    readonly offer: string;
    /** Day on which it was published. */
    readonly published: string;
    /** The rows that somebody asked for. */
    readonly rows: readonly OfferRow[];
}

const FIELD = /"((?:[^"]|"")*)"(?:,|$)/g;

/** The fields of a line. */
export function fieldsOf(line: string): string[] {
    return [...line.matchAll(FIELD)].map(([, field = ""]) => field.replaceAll('""', '"'));
}

/** Names of columns differ in case and spaces from service to service. */
function columnKey(name: string): string {
    return name.toLowerCase().replace(/[^a-z]/g, "");
}

/**
 * Reads a price list line by line: that of EC2 has hundreds of megabytes.
 *
 * @param keep Which rows to keep.
 * @throws Error where it is no price list of the form that is known.
 */
export async function readOffer(
    lines: AsyncIterable<string> | Iterable<string>,
    keep: (row: OfferRow) => boolean,
): Promise<OfferFile> {
    const about = new Map<string, string>();
    let columns: readonly string[] | undefined;
    const rows: OfferRow[] = [];
    for await (const line of lines) {
        const fields = fieldsOf(line);
        if (columns !== undefined) {
            const row = new Map(columns.map((column, index) => [column, fields[index] ?? ""]));
            if (keep(row)) {
                rows.push(row);
            }
        } else if (fields[0] === "SKU") {
            columns = fields.map(columnKey);
        } else {
            about.set(columnKey(fields[0] ?? ""), fields[1] ?? "");
        }
    }
    const [offer, published, version] = ["offercode", "publicationdate", "formatversion"].map((key) =>
        about.get(key),
    );
    if (offer === undefined || published === undefined || columns === undefined || version !== "v1.0") {
        throw new Error("it is no price list of AWS of the format v1.0");
    }
    return { offer, published: published.slice(0, 10), rows };
}
