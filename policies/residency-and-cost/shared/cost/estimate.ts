/** What stacks cost by the month: what each resource is charged for, priced together, because tiers are the account's. */
import { isGlobal, isOfAws, placeOf } from "../../../framework/places";
import { put } from "../../../framework/relations";
import { type Member, type StackView } from "../../../framework/stackView";
import { list, text } from "../../../framework/subject";
import { ifKnown, isUnknownError } from "../../../framework/unknowns";
import { Bill, type Charge } from "./bill";
import { whyFree } from "./free";
import { METERS } from "./meters";
import {
    costBetween,
    isStale,
    knownUpTo,
    type Price,
    PRICES,
    type PriceTable,
    staleBefore,
} from "./priceTable";
import { type Tier, TIERS, tierOf } from "./tiers";
import {
    type ComponentCost,
    type CostEstimate,
    type CostLine,
    type Money,
    type ResourceCost,
    type StackCost,
    type TierCost,
    type Unpriced,
} from "./types";
import { StackUsage, type Usage, type UsageReader } from "./usage";

/** A stack to estimate. */
export interface StackToPrice {
    readonly name: string;
    readonly view: StackView;
    /** Its resources that are made; what is only read is on another bill. */
    readonly resources: readonly Member[];
}

/** How to estimate. */
export interface EstimateOptions {
    /** Left out: the fixed part alone. */
    readonly usage?: Usage;
    /** Left out: the project's own. */
    readonly prices?: PriceTable;
    /** Left out: now. Tells which prices are stale. */
    readonly today?: Date;
}

/** The region of global services' own settings and endpoints. */
const HOME = "us-east-1";

/** Where a resource's prices are. */
export function pricedAt(member: Member): string {
    return isGlobal(member.type) ? HOME : (ifKnown(() => placeOf(member)) ?? HOME);
}

/**
 * What a resource is charged for.
 *
 * @throws The policy SDK's error about a value that is unknown at preview, where a number hangs on it.
 */
export function billOf(member: Member, stack: StackView, usage?: UsageReader): Bill {
    const bill = new Bill(member.type, pricedAt(member), usage);
    const meter = METERS[member.type];
    if (meter !== undefined) {
        meter(bill, member, stack);
    } else if (isOfAws(member.type) && whyFree(member.type) === undefined) {
        bill.gap(member.type, "fixed", "It is not known what this type costs.");
    }
    return bill;
}

/** Reads what resources would ask for, so that those who share something are counted. */
function counting(usage: StackUsage): UsageReader {
    return {
        viewers: usage.viewers,
        of: (name, type) => {
            usage.expect(name, type);
            return 1;
        },
    };
}

interface Billed {
    readonly stack: string;
    readonly member: Member;
    readonly account: string;
    readonly charges: readonly Charge[];
    readonly unpriced: readonly Unpriced[];
}

/** The bill, with what hangs on an unknown value as unpriced. */
function known(member: Member, bill: () => Bill): Pick<Billed, "charges" | "unpriced"> {
    try {
        return bill();
    } catch (error) {
        if (!isUnknownError(error)) {
            throw error;
        }
        const reason = `A value is not known before it is deployed: ${error.message}.`;
        return { charges: [], unpriced: [{ name: member.type, basis: "fixed", reason }] };
    }
}

/** The account that a resource is in, as far as its provider says. Tiers are counted by account. */
function accountOf({ provider }: Member): string {
    return ifKnown(() => {
        const allowed: unknown = provider?.props.allowedAccountIds;
        return text(list(allowed)[0]) ?? text(allowed) ?? "";
    }, "");
}

function billsOf({ name, view, resources }: StackToPrice, usage: Usage | undefined): Billed[] {
    const mine = usage === undefined ? undefined : new StackUsage(usage, name);
    if (mine !== undefined) {
        const reader = counting(mine);
        for (const member of resources) {
            known(member, () => billOf(member, view, reader));
        }
    }
    return resources.map((member) => ({
        stack: name,
        member,
        account: accountOf(member),
        ...known(member, () => billOf(member, view, mine)),
    }));
}

/** Estimates stacks together. */
export function estimateStacks(stacks: readonly StackToPrice[], options: EstimateOptions = {}): CostEstimate {
    const { usage, prices = PRICES, today = new Date() } = options;
    const bills = stacks.flatMap((stack) => billsOf(stack, usage));
    const before = staleBefore(today);
    const pricing = new Pricing(bills, prices, usage?.freeTier === true, before);
    const costs = bills.map((billed) => ({ billed, cost: pricing.costOf(billed) }));
    const byStack = stacks.map(({ name }) => {
        const mine = costs.filter(({ billed, cost }) => billed.stack === name && hasAny(cost));
        return [name, stackCost(mine)] as const;
    });
    const lines = costs.flatMap(({ cost }) => cost.lines);
    return {
        currency: "USD",
        usage: usage?.name ?? "none",
        stacks: Object.fromEntries(byStack),
        totals: sumOf(byStack.map(([, { totals }]) => totals)),
        unpriced: byStack.reduce((sum, [, { unpriced }]) => sum + unpriced, 0),
        stale: lines.filter(({ stale }) => stale).length,
        staleBefore: before,
    };
}

function hasAny({ lines, unpriced }: ResourceCost): boolean {
    return lines.length > 0 || unpriced.length > 0;
}

/** What all charges of one price in one account come to. */
interface Pool {
    readonly account: string;
    readonly price: Price;
    units: number;
    /** USD for one unit of what is paid, on average. */
    average: number;
    /** Which part of the units has a price. */
    covered: number;
}

/** Services whose free units are each region's; those of others are shared by all regions. */
const FREE_BY_REGION = ["AmazonDynamoDB"];

/** Prices charges, those of one account together. */
class Pricing {
    readonly #pools = new Map<string, Pool>();
    readonly #table: PriceTable;
    readonly #before: string;

    constructor(bills: readonly Billed[], table: PriceTable, freeTier: boolean, before: string) {
        this.#table = table;
        this.#before = before;
        for (const { account, charges } of bills) {
            for (const charge of charges) {
                const price = table.find(charge.service, charge.item, charge.region);
                if (price !== undefined) {
                    const key = poolKey(account, price);
                    const pool = this.#pools.get(key) ?? { account, price, units: 0, average: 0, covered: 1 };
                    pool.units += charge.quantity / price.unitSize;
                    this.#pools.set(key, pool);
                }
            }
        }
        for (const pool of this.#pools.values()) {
            const { price, units } = pool;
            const free = freeTier ? this.#freeOf(pool) : 0;
            const last = Math.min(units, knownUpTo(price));
            pool.covered = last / units;
            pool.average = costBetween(Math.min(free, last), last, price.tiers) / last;
        }
    }

    /** A pool's part of what is free: by how much it has of the units in all regions. */
    #freeOf(own: Pool): number {
        const { service, item } = own.price;
        const shared = FREE_BY_REGION.includes(service)
            ? [own]
            : [...this.#pools.values()].filter(
                  ({ account, price }) =>
                      account === own.account && price.service === service && price.item === item,
              );
        const all = shared.reduce((sum, { units }) => sum + units, 0);
        const free = Math.max(...shared.map(({ price }) => price.free));
        return (Math.min(free, all) * own.units) / all;
    }

    costOf({ member, account, charges, unpriced }: Billed): ResourceCost {
        const lines: CostLine[] = [];
        const gaps = [...unpriced];
        for (const charge of charges) {
            const { name, basis, service, item, region } = charge;
            const price = this.#table.find(service, item, region);
            const pool = price === undefined ? undefined : this.#pools.get(poolKey(account, price));
            if (price === undefined || pool === undefined) {
                gaps.push({ name, basis, reason: noPrice(this.#table, charge) });
                continue;
            }
            const quantity = (charge.quantity / price.unitSize) * pool.covered;
            const { unit, source, date } = price;
            lines.push({
                name,
                basis,
                quantity,
                unit,
                unitPrice: pool.average,
                monthly: quantity * pool.average,
                region: price.region,
                service,
                item,
                source,
                date,
                stale: isStale(date, this.#before),
            });
            if (pool.covered < 1) {
                const reason = `The table has no price beyond ${knownUpTo(price)} × ${unit} in ${price.region}.`;
                gaps.push({ name, basis, reason });
            }
        }
        const { urn, type, name } = member;
        return { urn, type, name, lines, unpriced: gaps, totals: moneyOf(lines) };
    }
}

function poolKey(account: string, { region, service, item }: Price): string {
    return `${account}|${region}|${service}|${item}`;
}

/** Why a charge has no price. */
export function noPrice(table: PriceTable, { service, item, region }: Charge): string {
    const regions = table.regionsWith(service, item);
    return regions.length === 0
        ? `The table has no price of ${service} for it in any region.`
        : `The table has its price in ${regions.join(", ")}, and none in ${region}.`;
}

function moneyOf(lines: readonly CostLine[]): Money {
    const of = (basis: CostLine["basis"]): number =>
        lines.reduce((sum, line) => (line.basis === basis ? sum + line.monthly : sum), 0);
    const [fixed, usage] = [of("fixed"), of("usage")];
    return { fixed, usage, total: fixed + usage };
}

/** Amounts together. */
export function sumOf(amounts: readonly Money[]): Money {
    const fixed = amounts.reduce((sum, money) => sum + money.fixed, 0);
    const usage = amounts.reduce((sum, money) => sum + money.usage, 0);
    return { fixed, usage, total: fixed + usage };
}

interface Costed {
    readonly billed: Billed;
    readonly cost: ResourceCost;
}

function stackCost(costs: readonly Costed[]): StackCost {
    const byComponent = groupBy(costs, ({ billed }) => outermost(billed.member));
    const components = [...byComponent].map(([component, mine]) => componentCost(component, mine));
    return {
        components: dearestFirst(components),
        totals: sumOf(components.map(({ totals }) => totals)),
        unpriced: costs.reduce((sum, { cost }) => sum + cost.unpriced.length, 0),
    };
}

function componentCost({ urn, type, name }: Member, costs: readonly Costed[]): ComponentCost {
    const byTier = groupBy(costs, ({ billed }) => tierOf(billed.member));
    const inOrder = (tier: Tier): TierCost[] => {
        const resources = dearestFirst((byTier.get(tier) ?? []).map(({ cost }) => cost));
        return resources.length === 0
            ? []
            : [{ tier, resources, totals: sumOf(resources.map(({ totals }) => totals)) }];
    };
    const tiers = TIERS.flatMap(inOrder);
    return { urn, type, name, tiers, totals: sumOf(tiers.map(({ totals }) => totals)) };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
    const groups = new Map<K, T[]>();
    for (const item of items) {
        put(groups, keyOf(item), item);
    }
    return groups;
}

function dearestFirst<T extends { readonly totals: Money; readonly name: string }>(items: readonly T[]): T[] {
    return [...items].sort(
        (a, b) => b.totals.total - a.totals.total || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    );
}

/** The outermost component that a resource is in, or the resource itself. */
function outermost(member: Member): Member {
    let at = member;
    while (at.parent !== undefined && at.parent.type !== "pulumi:pulumi:Stack") {
        at = at.parent;
    }
    return at;
}
