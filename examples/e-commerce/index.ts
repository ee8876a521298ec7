import { composeShop } from "./shop";

export = composeShop;
