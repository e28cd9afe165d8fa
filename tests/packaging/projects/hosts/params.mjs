// ES modules: prints the params that both entries make.
import { Entity } from "electroxide";
import { Entity as DropIn } from "electroxide/electrodb";
import user from "./user.cjs";

console.log(user.paramsOf(Entity));
console.log(user.paramsOf(DropIn));
