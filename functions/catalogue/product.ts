/** A product, as the table has it and callers see it. */
export interface Product {
    productId: string;
    name: string;
    category: string;
    description: string;
    price: { amountMinor: number; currency: string };
    imageUrl?: string | undefined;
    updatedAt: string;
    version: number;
}
