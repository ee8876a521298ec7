/** What a resource is charged for, before anything has a price. */
import { type Basis, type Unpriced } from "./types";
import { HOURS } from "./priceTable";
import { type UsageKeyName, type UsageReader } from "./usage";

/** A number of things to pay for, in the resource's own measure: requests, not millions of them. */
export interface Charge {
    readonly name: string;
    readonly basis: Basis;
    readonly service: string;
    readonly item: string;
    readonly region: string;
    readonly quantity: number;
}

/** How a charge differs from the plain one. */
export interface ChargeOptions {
    /** What the line is called. Left out: as the item. */
    readonly name?: string;
    /** Left out: the resource's own region. */
    readonly region?: string;
    /** What one unit of use makes of the item; left out, one. */
    readonly each?: number;
}

/** Takes down what a resource is charged for. */
export class Bill {
    readonly charges: Charge[] = [];
    readonly unpriced: Unpriced[] = [];
    readonly #read = new Map<UsageKeyName, number | undefined>();

    /**
     * @param region Where the resource is.
     * @param usage What its stack uses; left out where only the fixed part is asked for.
     */
    constructor(
        readonly type: string,
        readonly region: string,
        readonly usage: UsageReader | undefined,
    ) {}

    /** A number of things for a month. */
    fixed(service: string, item: string, quantity: number, options: ChargeOptions = {}): void {
        this.#add("fixed", service, item, quantity, options);
    }

    /** Things that are paid by the hour, all month long. */
    hourly(service: string, item: string, count = 1, options: ChargeOptions = {}): void {
        this.#add("fixed", service, item, count * HOURS, options);
    }

    /** What the usage profile says of a key. */
    used(service: string, item: string, key: UsageKeyName, options: ChargeOptions = {}): void {
        const quantity = this.read(key, options.name ?? item);
        if (quantity !== undefined) {
            this.usedAs(service, item, quantity * (options.each ?? 1), options);
        }
    }

    /** A number that comes of what {@link read} tells. */
    usedAs(service: string, item: string, quantity: number, options: ChargeOptions = {}): void {
        this.#add("usage", service, item, quantity, options);
    }

    /**
     * The resource's share of a key.
     *
     * @param name What cannot be priced where the profile says nothing of it.
     * @returns Undefined where there is no profile, or it says nothing, which is noted.
     */
    read(key: UsageKeyName, name: string): number | undefined {
        if (this.usage === undefined) {
            return undefined;
        }
        // Asked once, be it charged for twice: a share is by the number of those who ask.
        const value = this.#read.has(key) ? this.#read.get(key) : this.usage.of(key, this.type);
        this.#read.set(key, value);
        if (value === undefined) {
            this.gap(name, "usage", `The usage profile does not say ${key}.`);
        }
        return value;
    }

    /** Says that something costs, and why there is no number. What is by use is of no interest without a profile. */
    gap(name: string, basis: Basis, reason: string): void {
        if (basis === "fixed" || this.usage !== undefined) {
            this.unpriced.push({ name, basis, reason });
        }
    }

    #add(basis: Basis, service: string, item: string, quantity: number, options: ChargeOptions): void {
        if (quantity > 0) {
            const { name = item, region = this.region } = options;
            this.charges.push({ name, basis, service, item, region, quantity });
        }
    }
}
